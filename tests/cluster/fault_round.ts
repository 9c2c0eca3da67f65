import { equal, ok } from "node:assert/strict";
import { openStore } from "@/lib/store/open.ts";
import type { Chance } from "../support/chance.ts";
import { type Fleet, type Servers, startFleet } from "../support/fleet.ts";
import {
  PBX_ARGS,
  pbxAgents,
  PbxTalk,
  TalkingPbx,
} from "../support/pbx_talk.ts";
import { Talk } from "../support/talk.ts";
import {
  type Fault,
  faultsInTurn,
  INTERRUPTED_MS,
  KILLED,
  KILLED_MEDIAN_MS,
  PARTED,
  pass,
  type Scene,
} from "./faults.ts";

export interface RoundOptions extends Servers {
  instances: number;
  /** Conversations with agents at the desk, and of the PBX. */
  talks: number;
  pbxTalks: number;
  faults: number;
  luck: Chance;
  /** Called after each fault with the silence of each talk, in ms. */
  onFault?: (kind: string, silences: number[]) => void;
}

type AnyTalk = Talk | PbxTalk;

/** The silence of each talk in a fault. */
export interface Silences {
  kind: string;
  ms: number[];
}

const RECORDS_WITHIN_MS = 10_000;
const WRONG = /Uncaught|Unhandled|TypeError|ReferenceError|RangeError/;

/**
 * Lets faults happen to a fleet one after the other, while talks go on. Checks
 * that no talk is silent for too long, that every text arrives once and in
 * order, and that each chat stays one and leaves one record.
 */
export async function faultRound(options: RoundOptions): Promise<Silences[]> {
  const { talks: count, pbxTalks, faults, luck, onFault } = options;
  await using fleet = await startFleet({
    ...options,
    agents: count,
    args: PBX_ARGS,
    stage: { more: pbxAgents(pbxTalks) },
  });
  await using stack = new AsyncDisposableStack();
  const pbx = stack.use(TalkingPbx.start(fleet, pbxTalks));
  const talks: AnyTalk[] = await Promise.all([
    ...Array.from({ length: count }, (_, n) => Talk.begin(fleet, n)),
    ...pbxAgents(pbxTalks)
      .map(({ address }) => PbxTalk.begin(fleet, pbx, address)),
  ]);
  for (const talk of talks) stack.use(talk);
  const scene = { ...options, fleet, luck };
  const all: Silences[] = [];
  try {
    for (const fault of faultsInTurn(scene, faults)) {
      const ms = await surviveOne(fault, scene, talks);
      all.push({ kind: fault.kind, ms });
      if (fault.kind === PARTED) pbx.partings++;
      onFault?.(fault.kind, ms);
    }
    for (const talk of talks) await talk.check();
    await endAll(fleet, talks);
    for (const { name, output } of outputs(fleet)) {
      equal(WRONG.test(output), false, `${name}: ${output}`);
    }
  } catch (error) {
    const kinds = all.map(({ kind }) => kind).join(", ");
    const said = outputs(fleet)
      .map(({ name, output }) => `--- ${name}\n${output.slice(-3_000)}`);
    throw new Error(
      `After ${all.length} faults (${kinds})\n${said.join("\n")}`,
      {
        cause: error,
      },
    );
  }
  return all;
}

/** Lets one fault happen. Returns the silence of each talk, in ms. */
async function surviveOne(
  { kind, silenceMs, happen }: Fault,
  scene: Scene,
  talks: readonly AnyTalk[],
): Promise<number[]> {
  for (const talk of talks) talk.lap();
  try {
    await happen(scene);
    await scene.fleet.balancer.ready(scene.fleet.instances.length);
    await Promise.all(talks.map((talk) => talk.passes()));
    const silences = talks.map((talk) => talk.lap());
    talks.forEach((talk, n) => {
      const ms = silences[n] ?? 0;
      const text = `nothing was heard for ${ms.toFixed()} ms`;
      ok(ms <= silenceMs, `${talk.state()}: ${text}`);
    });
    return silences;
  } catch (error) {
    throw new Error(`When ${kind}`, { cause: error });
  }
}

/** Ends all chats, and checks that each one leaves one record. */
export async function endAll(
  fleet: Fleet,
  talks: readonly AnyTalk[],
): Promise<void> {
  for (const talk of talks) await talk.end();
  const opened = await openStore(fleet.kv);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const count = async () =>
    (await Array.fromAsync(
      store.contactRecords.list({ from: 0, to: Number.MAX_SAFE_INTEGER }),
    )).length;
  const giveUpAt = performance.now() + RECORDS_WITHIN_MS;
  const chats = talks.reduce((sum, talk) => sum + talk.chats, 0);
  while (await count() < chats && performance.now() < giveUpAt) {
    await pass(50);
  }
  equal(await count(), chats, "each chat has one record");
}

/** Checks that half of the talks that kills interrupt continue soon. */
export function checkMedian(all: readonly Silences[]): void {
  const ms = all.filter(({ kind }) => kind === KILLED).flatMap(({ ms }) => ms)
    .filter((silence) => silence > INTERRUPTED_MS);
  const median = quantileOf(ms, 0.5);
  ok(
    median <= KILLED_MEDIAN_MS,
    `The median silence after a kill is ${median.toFixed()} ms`,
  );
}

export function quantileOf(values: readonly number[], part: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length * part)] ?? sorted.at(-1) ?? 0;
}

function outputs(fleet: Fleet): { name: string; output: string }[] {
  return fleet.instances.map((instance) => ({
    name: instance.name,
    output: instance.output(),
  }));
}
