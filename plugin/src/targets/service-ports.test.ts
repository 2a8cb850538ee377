import type { V1Pod, V1Service } from '@kubernetes/client-node';
import { describe, expect, test } from 'vitest';
import { balancerNames, hostPorts, isLocalOnly, portText, servicePorts } from './service-ports.ts';

const service = (parts: Partial<V1Service>) => parts as V1Service;
const texts = (parts: Partial<V1Service>) => servicePorts(service(parts)).map(portText);

describe('servicePorts()', () => {
  test('has each port of what is outside, and node ports', () => {
    const parts = {
      spec: {
        ports: [
          { port: 80, nodePort: 30_080 },
          { port: 53, nodePort: 30_053, protocol: 'UDP' },
        ],
        externalIPs: ['203.0.113.7', 'fd00::7'],
      },
      status: { loadBalancer: { ingress: [{ ip: '192.0.2.50' }, { hostname: 'lb.example' }] } },
    };
    expect(texts(parts)).toEqual([
      '203.0.113.7:80/TCP (external IP)',
      '[fd00::7]:80/TCP (external IP)',
      '192.0.2.50:80/TCP (load balancer)',
      'node port 30080/TCP',
      '203.0.113.7:53/UDP (external IP)',
      '[fd00::7]:53/UDP (external IP)',
      '192.0.2.50:53/UDP (load balancer)',
      'node port 30053/UDP',
    ]);
    expect(balancerNames(service(parts))).toEqual(['lb.example']);
  });

  test('has where a load balancer asks after the health of a node', () => {
    const spec = { externalTrafficPolicy: 'Local', healthCheckNodePort: 32_000, ports: [] };
    expect(texts({ spec })).toEqual(['health check 32000/TCP']);
    expect(isLocalOnly(service({ spec }))).toBe(true);
  });

  test('has nothing of a service that is inside only, or of what is no address', () => {
    expect(texts({ spec: { ports: [{ port: 80 }], clusterIP: '10.96.0.1' } })).toEqual([]);
    expect(texts({ spec: { ports: [{ port: 80 }], externalIPs: ['lb.example'] } })).toEqual([]);
    expect(texts({})).toEqual([]);
    expect(isLocalOnly(service({}))).toBe(false);
  });
});

test('hostPorts() has those of all containers, at one address or at all', () => {
  const spec = {
    containers: [
      { name: 'a', ports: [{ containerPort: 80, hostPort: 8_080 }, { containerPort: 81 }] },
      {
        name: 'b',
        ports: [{ containerPort: 53, hostPort: 53, hostIP: '192.0.2.9', protocol: 'UDP' }],
      },
      { name: 'c', ports: [{ containerPort: 1, hostPort: 1, hostIP: '0.0.0.0' }] },
    ],
  };
  expect(hostPorts({ spec } as V1Pod).map(portText)).toEqual([
    'host port 8080/TCP',
    '192.0.2.9:53/UDP (host port)',
    'host port 1/TCP',
  ]);
  // Its ports are its own.
  expect(hostPorts({ spec: { ...spec, hostNetwork: true } } as V1Pod)).toEqual([]);
});
