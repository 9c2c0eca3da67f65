import { equal, ok } from "node:assert/strict";
import { openStore } from "@/lib/store/open.ts";
import type { Chance } from "../support/chance.ts";
import { type Fleet, type Servers, startFleet } from "../support/fleet.ts";
import { HostPace } from "../support/host_pace.ts";
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
  /** Called after each fault with the silence of each talk. */
  onFault?: (silences: Silences) => void;
}

type AnyTalk = Talk | PbxTalk;

/** The silence of each talk in a fault. */
export interface Silences {
  kind: string;
  ms: number[];
  /** The part of it that is not the program's: a busy host. */
  hostMs: number;
}

/** Processor time of all that happens, one after the other, between a fault and
 * the next text. A silence may be longer by the time that such work has waited for
 * a processor. */
const WORK_MS = 300;
/** If such work has waited longer, the host is so busy that silences say nothing
 * of the program. */
const BUSY_MS = 3 * WORK_MS;
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
  const host = stack.use(new HostPace());
  const all: Silences[] = [];
  try {
    for (const fault of faultsInTurn(scene, faults)) {
      const silences = await surviveOne(fault, { scene, talks, host });
      all.push(silences);
      if (fault.kind === PARTED) pbx.partings++;
      onFault?.(silences);
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

/** Lets one fault happen. Returns the silence of each talk. */
async function surviveOne(
  { kind, silenceMs, happen }: Fault,
  { scene, talks, host }: {
    scene: Scene;
    talks: readonly AnyTalk[];
    host: HostPace;
  },
): Promise<Silences> {
  for (const talk of talks) talk.lap();
  host.lap(WORK_MS);
  try {
    await happen(scene);
    await scene.fleet.balancer.ready(scene.fleet.instances.length);
    await Promise.all(talks.map((talk) => talk.passes()));
    const silences = talks.map((talk) => talk.lap());
    const hostMs = host.lap(WORK_MS);
    talks.forEach((talk, n) => {
      const ms = silences[n] ?? 0;
      const text = `nothing was heard for ${ms.toFixed()} ms, of which ` +
        `${hostMs.toFixed()} ms are the host's`;
      const isLate = hostMs <= BUSY_MS && ms - hostMs > silenceMs;
      ok(!isLate, `${talk.state()}: ${text}`);
    });
    return { kind, ms: silences, hostMs };
  } catch (error) {
    throw new Error(`When ${kind}`, { cause: error });
  }
}

/** Ends all chats, and checks that each one that an agent has joined leaves one
 * record. Of the others, those that were refused immediately leave none. */
export async function endAll(
  fleet: Fleet,
  talks: readonly AnyTalk[],
): Promise<void> {
  for (const talk of talks) await talk.end();
  const opened = await openStore(fleet.kv);
  if (!opened.ok) throw new Error(`Cannot open: ${opened.error.reason}`);
  await using store = opened.value;
  const records = () =>
    Array.fromAsync(
      store.contactRecords.list({ from: 0, to: Number.MAX_SAFE_INTEGER }),
    );
  const sum = (kind: "all" | "answered") =>
    talks.reduce((sum, { chats }) => sum + chats[kind], 0);
  const giveUpAt = performance.now() + RECORDS_WITHIN_MS;
  let all = await records();
  while (all.length < sum("answered") && performance.now() < giveUpAt) {
    await pass(50);
    all = await records();
  }
  const ids = new Set(all.map(({ id }) => id));
  equal(ids.size, all.length, "no chat has two records");
  const found = `${all.length} records of ${sum("all")} chats, of which ` +
    `agents have joined ${sum("answered")}`;
  ok(all.length >= sum("answered") && all.length <= sum("all"), found);
}

/** Checks that half of the talks that kills interrupt continue soon. Returns a
 * description of what was measured. */
export function checkMedian(all: readonly Silences[]): string {
  const measured = all.filter(({ hostMs }) => hostMs <= BUSY_MS);
  const ms = measured.filter(({ kind }) => kind === KILLED)
    .flatMap(({ ms, hostMs }) =>
      ms.filter((silence) => silence > INTERRUPTED_MS)
        .map((silence) => silence - hostMs)
    );
  const median = quantileOf(ms, 0.5);
  ok(
    median <= KILLED_MEDIAN_MS,
    `The median silence after a kill is ${median.toFixed()} ms`,
  );
  return `silence after a kill: median ${median.toFixed()} ms of ` +
    `${ms.length}; ${all.length - measured.length} of ${all.length} faults ` +
    "not measured, because the host was busy";
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
