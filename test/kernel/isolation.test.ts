import { describe, test } from 'vitest';
import {
  expectClonesFollowed,
  expectFollowedAcrossBridge,
  expectFollowedAcrossVeth,
  expectNoStrangers,
  expectNoSuccessor,
  expectNoTcpStrangers,
  expectNoUdpStrangers,
} from '../scenario/isolation.ts';
import { expectSamePacketSentAgain } from '../scenario/retransmissions.ts';
import { hostMachine } from '../support/host-machine.ts';

describe('a traced namespace', () => {
  test('gives no event of another one', () => expectNoStrangers(hostMachine));
  test('with --track is left by its own packets and by nothing else', () =>
    expectFollowedAcrossVeth(hostMachine));
  test('with --track is left by what a bridge hands on', () =>
    expectFollowedAcrossBridge(hostMachine));
  test('with --track is left by clones of its packets, too', () =>
    expectClonesFollowed(hostMachine));
  test('with --track takes no TCP packet of others for its own', () =>
    expectNoTcpStrangers(hostMachine));
  test('with --track takes no datagram of others for its own', () =>
    expectNoUdpStrangers(hostMachine));
  test('with --track knows data that TCP sends again', () =>
    expectSamePacketSentAgain(hostMachine, { place: 'net_dev_start_xmit', args: '' }));
  test('that is deleted gives no event of the one made in its place', () =>
    expectNoSuccessor(hostMachine));
});
