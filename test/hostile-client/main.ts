// node hostile-client.cjs SOCKET NETNS SECONDS: plays all tricks of a hostile client on an agent at the same time, and prints how
// often each thing was done as JSON.
import { Attack, type Trick } from './attack.ts';
import { churn, halfOpen, malformedMessages, rubbish } from './bytes.ts';
import {
  expressionBombs,
  idleStreams,
  questions,
  refusedRequests,
  unreadAnswers,
} from './dear-requests.ts';
import { greedySessions, podFlood, sessionChurn } from './sessions.ts';

const tricks: Record<string, Trick> = {
  ...{ expressionBombs, refusedRequests, questions, unreadAnswers, idleStreams },
  ...{ rubbish, malformedMessages, halfOpen, churn },
  ...{ greedySessions, podFlood, sessionChurn },
};

async function main(): Promise<void> {
  const [socketPath = '', netns = '', seconds = ''] = process.argv.slice(2);
  const attack = new Attack(socketPath, netns, Number(seconds));
  await Promise.all(Object.entries(tricks).map(([name, trick]) => attack.play(name, trick)));
  process.stdout.write(`${JSON.stringify(Object.fromEntries([...attack.counts]))}\n`);
}

void main().then(() => process.exit(0));
