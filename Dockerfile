# The agent's image: docker build -t NAME . (or buildah). Nothing but Node, pwru-agent and the libraries that they load.
#
# NODE_IMAGE: Debian 12 with Node >= 20.19 and npm. The same image gives the build its tools and the result its Node.
ARG NODE_IMAGE=docker.io/library/node:24-bookworm-slim

FROM ${NODE_IMAGE} AS build
# clang, llvm, libbpf-dev, make: BPF objects. libbpf1, libpcap0.8: what the agent loads at run time. netbase: the names
# of ports and protocols that libpcap looks up. libcap2-bin: setcap.
RUN apt-get update \
	&& apt-get install -y --no-install-recommends \
		clang llvm libbpf-dev make libbpf1 libpcap0.8 netbase libcap2-bin \
	&& rm -rf /var/lib/apt/lists/*
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund
COPY bpf bpf
COPY proto/gen proto/gen
COPY agent agent
COPY tools/build.mjs tools/launcher.cjs tools/image-root.mjs tools/
COPY LICENSE ./
# V8's code cache is part of the build: it is good for exactly the Node that has written it, which is the one below.
# The capabilities are how a user other than root has them. Kubernetes gives such a user none to use, only permits them; an
# executable's file can pass on what is permitted, also where no_new_privs is set. Without the effective bit ("e"), so that the
# program starts where one is missing: agent/src/native/capabilities.ts.
RUN node tools/build.mjs \
	&& node tools/image-root.mjs /image \
	&& llvm-strip /image/usr/local/bin/node \
	&& setcap cap_bpf,cap_perfmon,cap_syslog,cap_sys_ptrace,cap_dac_read_search+p /image/usr/local/bin/node

FROM scratch
LABEL org.opencontainers.image.title="pwru-agent" \
	org.opencontainers.image.description="Traces packets through the Linux kernel of a node, for kubectl pwru" \
	org.opencontainers.image.version="0.1.0" \
	org.opencontainers.image.licenses="Apache-2.0 AND (GPL-2.0-only OR BSD-2-Clause)"
COPY --from=build /image /
ENV NODE_ENV=production
# Group 0: container runtimes' sockets are open to root and its group.
USER 65532:0
# As tools/build.mjs has it in the launcher; the code cache is good for these flags only.
ENTRYPOINT ["/usr/local/bin/node", "--max-semi-space-size=4", "--heap-growing-percent=25", "/opt/pwru/pwru-agent"]
