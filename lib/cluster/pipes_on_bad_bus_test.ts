import { deepEqual, equal, ok } from "node:assert/strict";
import { property } from "@/tests/support/chance.ts";
import { piped, type RecordedEnd } from "@/tests/support/piped.ts";

/** Both ends of a pipe, and what a model knows about it. */
interface Modelled {
  near: RecordedEnd;
  far?: RecordedEnd;
  sent: Map<RecordedEnd, number>;
  closed: Set<RecordedEnd>;
}

Deno.test("[PIPE1] on a bus that loses, repeats and reorders, each message arrives once and in order, or both ends break", () => {
  property(40, (luck) => {
    const lost = luck.pick([0, 0.2, 0.5]);
    const { clock, a, b } = piped({
      ...{ luck, lost, twice: luck.next() / 2 },
      ...{ late: luck.next() / 2, lateMs: luck.pick([1, 50, 1_000]) },
    });
    const model: Modelled[] = [];
    function say(one: Modelled, end: RecordedEnd): void {
      if (one.closed.has(end) || end.breaks > 0) return;
      const n = (one.sent.get(end) ?? 0) + 1;
      one.sent.set(end, n);
      end.pipe.send({ pipe: model.indexOf(one), n });
    }
    for (const instance of [a, b]) {
      instance.onAccept = (end) => {
        end.onMessage = (message) => {
          const one = model[(message as { pipe: number }).pipe]!;
          ok(one.far === undefined || one.far === end, "opened twice");
          one.far = end;
        };
      };
    }
    for (let step = 0; step < 80; step++) {
      if (luck.below(10) === 0) {
        const near = luck.below(2) ? a.open("b") : b.open("a");
        const one = { near, sent: new Map(), closed: new Set<RecordedEnd>() };
        model.push(one);
        say(one, near);
      }
      for (const one of model) {
        const end = luck.below(2) ? one.near : one.far ?? one.near;
        for (let n = luck.below(3); n > 0; n--) say(one, end);
        if (luck.below(200) > 0) continue;
        if (end.breaks === 0) one.closed.add(end);
        end.pipe.close();
      }
      clock.advance(luck.below(150));
    }
    for (const { bus } of [a, b]) bus.heal();
    clock.advance(30_000);

    for (const one of model) checkPipe(one, lost === 0.5);
    const open = model.filter(({ near, far, closed }) =>
      closed.size + near.breaks + (far?.breaks ?? 0) === 0
    );
    deepEqual([a.pipes.size, b.pipes.size], [open.length, open.length]);
    deepEqual([a.badFrames, b.badFrames], [0, 0]);
  });
});

/** Fails unless both ends have received what the other has sent, or have ended.
 * `canBreak`: so much is lost that a pipe can be silent for 5 s. */
function checkPipe(
  { near, far, sent, closed }: Modelled,
  canBreak: boolean,
): void {
  ok(far !== undefined || canBreak);
  for (const [end, other] of [[near, far], [far, near]] as const) {
    if (end === undefined || other === undefined) continue;
    const numbers = end.messages.map((message) => (message as { n: number }).n);
    deepEqual(numbers, numbers.map((_, n) => n + 1));
    if (closed.has(end)) equal(end.breaks, 0);
    else if (closed.has(other) || end.breaks + other.breaks > 0) {
      ok(closed.has(other) || canBreak, "broken without a reason");
      equal(end.breaks, 1);
      if (canBreak) continue;
    }
    if (!closed.has(end)) equal(numbers.length, sent.get(other) ?? 0);
  }
}
