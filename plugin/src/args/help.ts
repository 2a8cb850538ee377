export const helpText = `Packet, where are you? Prints every kernel function that a packet passes, in
order, and where and why it is dropped.

Usage:
  kubectl pwru [TARGET...] [flags] [-- FILTER]

Examples:
  # Where does this machine drop packets, and why?
  kubectl pwru --local --drops
  # The way of packets to port 80 that touch the namespace "client"
  kubectl pwru netns/client --dst-port 80
  # Connection attempts seen by the namespace of process 4711, as JSON
  kubectl pwru pid/4711 -o json -- 'tcp[tcpflags] & tcp-syn != 0'
  # Ask an agent elsewhere, stop after ten seconds
  kubectl pwru --agent unix:/run/pwru/agent.sock --timeout 10s -- icmp

Targets (none: the whole host):
  netns/NAME           network namespace NAME under /run/netns
  pid/N                network namespace of process N

Agent (default: --local where there is no kubeconfig):
      --local          trace this machine, with an agent inside this command
      --agent ADDRESS  ask the agent at unix:PATH or HOST:PORT

Packets (all of these must match):
  -- FILTER            pcap-filter(7) expression, as for tcpdump
      --filter EXPR    the same, as a flag
      --src, --dst, --host IP[/BITS]
                       source, destination, either of them
      --src-port, --dst-port, --port N[-M]
      --proto NAME     tcp, udp, icmp, icmp6 or sctp
      --mark V[/MASK]  skb mark, decimal or 0x hexadecimal
      --ifname NAME    packets on the interface of that name
      --drops          only packets that were dropped, with their whole way
      --track          follow a packet once admitted, also into other namespaces

Functions:
      --func REGEX     functions whose whole name matches (RE2)
      --kmods A,B      functions of these modules too
      --all-kmods      functions of all loaded modules too
      --backend NAME   kprobe.multi, kprobe or tracepoint (default: the best)

Output:
  -o, --output FORMAT  table (default) or json (one object per line)
      --timestamp MODE none (default), absolute (UTC), relative (since the
                       packet's first event) or delta (since its previous one)
      --stack          print the call stack of every event
      --limit N        stop after N events
      --timeout TIME   stop after 30s, 2m, 1h30m; plain numbers are seconds
      --no-headers     no header line
  -q, --quiet          no progress and no summary on standard error
  -h, --help           print this
      --version        print the version

Exit codes: 0 done, 1 failure (kernel, privileges), 2 usage, 3 partial trace,
4 forbidden, 5 no agent, 130 interrupted before tracing began.
`;
