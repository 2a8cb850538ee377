#!/bin/bash
# The demo: a client in one network namespace connects to TCP port 80 of another, whose firewall drops it; kubectl-pwru
# shows the SYN's way through the kernel. usage: dropped-syn.sh KUBECTL_PWRU
set -euo pipefail
pwru=$1
client=pwru-cli
server=pwru-srv
clean_up() {
	ip netns del $client 2>/dev/null || true
	ip netns del $server 2>/dev/null || true
	rm -f "${log:-}"
}
trap clean_up EXIT
clean_up
log=$(mktemp)

step() { printf '\n\033[1m# %s\033[0m\n' "$*"; }
in_namespace() { nsenter --net="/run/netns/$1" "${@:2}"; }

step 'Two namespaces joined by a veth; the server drops TCP port 80'
ip netns add $client
ip netns add $server
ip link add pcli netns $client type veth peer name psrv netns $server
for end in cli srv; do
	ip -n pwru-$end link set lo up
	ip -n pwru-$end link set p$end up
done
ip -n $client addr add 192.0.2.1/24 dev pcli
ip -n $server addr add 192.0.2.2/24 dev psrv
nft_rules='table ip demo {
	chain input {
		type filter hook input priority 0
		tcp dport 80 drop
	}
}'
printf '%s\n' "$nft_rules"
printf '%s\n' "$nft_rules" | in_namespace $server nft -f -

# Neighbour discovery has its own packets: over before the trace.
in_namespace $client timeout 0.5 bash -c '</dev/tcp/192.0.2.2/9' 2>/dev/null || true

step "Tracing both; the client connects to 192.0.2.2:80"
trace=("$pwru" --local "netns/$client" "netns/$server" --timestamp relative -- tcp dst port 80)
printf '\033[1m$ kubectl-pwru %s\033[0m\n' "${trace[*]:1}"
"${trace[@]}" 2> >(tee "$log" >&2) &
tracer=$!
for ((i = 0; i < 600; i++)); do
	grep -q '^Tracing' "$log" && break
	kill -0 $tracer 2>/dev/null || break
	sleep 0.1
done
in_namespace $client timeout 0.5 bash -c '</dev/tcp/192.0.2.2/80' 2>/dev/null || true
sleep 0.5
kill -INT $tracer 2>/dev/null || true
wait $tracer
