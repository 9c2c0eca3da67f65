import { deepEqual, equal, ok, throws } from "node:assert/strict";
import { broken } from "@/tests/support/broken.ts";
import { property } from "@/tests/support/chance.ts";
import { piped } from "@/tests/support/piped.ts";

Deno.test("[PIPE1] a pipe carries messages in both directions, and the acceptor answers before it has accepted", () => {
  const { clock, a, b } = piped();
  b.onAccept = ({ pipe }) => pipe.send("welcome");

  const end = a.open("b");
  end.pipe.send({ open: "chat" });
  end.pipe.send([1, null, "ä"]);
  clock.advance(10);

  deepEqual(b.accepted.map(({ messages }) => messages), [
    [{ open: "chat" }, [1, null, "ä"]],
  ]);
  deepEqual(end.messages, ["welcome"]);
  equal(b.accepted[0]?.pipe.to, "a");
});

Deno.test("[PIPE2] a message without an ack is sent again after 200 ms and then less often, and the pipe breaks after 5 s", () => {
  const { clock, a, b } = piped();
  const end = a.open("b");
  end.pipe.send("arrives");
  clock.advance(10);
  b.bus.isCut = true;

  end.pipe.send("is lost");
  clock.advance(199);
  equal(a.resent, 0);
  clock.advance(1);
  equal(a.resent, 1);
  clock.advance(4_799);
  deepEqual([a.resent, end.breaks], [8, 0]);
  clock.advance(1);

  deepEqual([end.breaks, a.pipes.size], [1, 0]);
  end.pipe.send("nothing");
  clock.advance(1_000);
  deepEqual(b.accepted[0]?.messages, ["arrives"]);
});

Deno.test("[PIPE2] the process's own pause does not break a pipe", () => {
  const { clock, a, b } = piped();
  const end = a.open("b");
  a.bus.isCut = true;
  end.pipe.send("late");

  clock.stall(60_000);
  equal(a.resent, 0); // An ack may wait to be read.
  a.bus.isCut = false;
  clock.advance(400);

  deepEqual([end.breaks, b.accepted[0]?.messages], [0, ["late"]]);
});

Deno.test("[PIPE2] after a loss, everything that waits is sent again without further pauses", () => {
  const { clock, a, b } = piped();
  const end = a.open("b");
  end.pipe.send(0);
  clock.advance(10);
  a.bus.isCut = true;
  for (let n = 1; n <= 1_000; n++) end.pipe.send(n);
  a.bus.isCut = false;

  clock.advance(200);

  equal(b.accepted[0]?.messages.length, 1_001);
});

Deno.test("[PIPE3] messages of one turn get one ack, and a reply carries it", () => {
  const { clock, bus, a, b } = piped();
  const frames: number[] = [];
  bus.on("cw.i.a", (frame) => {
    const { messages } = frame as { messages?: unknown[] };
    frames.push(messages?.length ?? 0);
  });
  const [end, other] = [a.open("b"), a.open("b")];

  for (let n = 0; n < 100; n++) (n % 2 ? end : other).pipe.send(n);
  clock.advance(100);
  deepEqual(frames, [0]);
  b.accepted[0]!.onMessage = () => b.accepted[0]!.pipe.send("reply");
  other.pipe.send("question");
  clock.advance(100);

  deepEqual([frames, a.resent, b.resent], [[0, 1], 0, 0]);
});

Deno.test("[PIPE4] close delivers what was sent before, ends both ends, and stops events at the closed one", () => {
  const { clock, a, b } = piped({ lost: 0.4 });
  const end = a.open("b");
  end.pipe.send("first");
  clock.advance(2_000);
  const far = b.accepted[0]!;

  end.pipe.send("last");
  end.pipe.close();
  end.pipe.send("too late");
  far.pipe.send("unheard");
  clock.advance(4_000);

  deepEqual([far.messages, far.breaks], [["first", "last"], 1]);
  deepEqual([end.messages, end.breaks], [[], 0]);
  deepEqual([a.pipes.size, b.pipes.size], [0, 0]);
});

Deno.test("[PIPE4] an end that is closed after the last message is not told that the pipe broke", () => {
  const { clock, a, b } = piped();
  b.onAccept = (far) => {
    far.onMessage = () => {
      far.pipe.send("terminated");
      far.pipe.close();
    };
  };
  const end = a.open("b");
  end.onMessage = () => end.pipe.close();

  end.pipe.send("hang up");
  clock.advance(10);

  deepEqual([end.messages, end.breaks], [["terminated"], 0]);
  deepEqual([a.pipes.size, b.pipes.size, b.accepted[0]?.breaks], [0, 0, 0]);
});

Deno.test("[PIPE4] a pipe that is closed before its first message is never opened at the other end", () => {
  const { clock, a, b } = piped();

  a.open("b").pipe.close();
  clock.advance(1_000);

  deepEqual([a.pipes.size, b.accepted.length, a.resent], [0, 0, 0]);
});

Deno.test("[PIPE4] a pipe that the acceptor closes immediately breaks at its opener without delay", () => {
  const { clock, a, b } = piped();
  b.onAccept = ({ pipe }) => pipe.close();

  const end = a.open("b");
  end.pipe.send("hello");
  clock.advance(1);

  deepEqual([end.breaks, b.accepted[0]?.messages], [1, []]);
  deepEqual([a.pipes.size, b.pipes.size], [0, 0]);
});

Deno.test("[PIPE5] frames of an ended pipe that come late do not open it again", () => {
  const { clock, bus, a, b } = piped();
  const frames: unknown[] = [];
  bus.on("cw.i.b", (frame) => frames.push(frame));
  const end = a.open("b");
  end.pipe.send("hello");
  clock.advance(10);
  end.pipe.close();
  clock.advance(10);

  clock.advance(24 * 3_600_000);
  for (const frame of frames) bus.tell("cw.i.b", frame);
  clock.advance(10);

  deepEqual([b.accepted.length, b.accepted[0]?.messages], [1, ["hello"]]);
  deepEqual([a.pipes.size, b.pipes.size], [0, 0]);
});

Deno.test("[PIPE6] gone() breaks the pipes to one instance at both ends", () => {
  const { clock, a, b } = piped();
  const ends = [a.open("b"), a.open("b"), a.open("c")];
  for (const end of ends) end.pipe.send("hello");
  clock.advance(10);

  a.pipes.gone("b");
  clock.advance(10);

  deepEqual(ends.map((end) => end.breaks), [1, 1, 0]);
  deepEqual(b.accepted.map((end) => end.breaks), [1, 1]);
});

Deno.test("[PIPE6] an instance that was cut off learns within 10 s that its silent pipes have ended", () => {
  const { clock, a, b } = piped();
  const end = a.open("b");
  end.pipe.send("hello");
  clock.advance(10);
  a.bus.isCut = true;
  a.pipes.gone("b");
  clock.advance(3_000);
  equal(b.accepted[0]?.breaks, 0);

  a.bus.heal();
  clock.advance(10_000);

  deepEqual([b.accepted[0]?.breaks, b.pipes.size], [1, 0]);
});

Deno.test("[PIPE7] broken frames are dropped and counted, and the pipe continues", () => {
  property(50, (luck) => {
    const { clock, bus, a, b } = piped({ luck });
    const frames: unknown[] = [];
    bus.on("cw.i.b", (frame) => frames.push(frame));
    const end = a.open("b");
    for (let n = 1; n <= 3; n++) end.pipe.send(n);
    clock.advance(10);

    for (let n = 0; n < 20; n++) {
      bus.tell("cw.i.b", luck.pick([null, 7, "x", [], {}]));
      bus.tell("cw.i.b", { ...frames[0] as object, from: "c" });
      bus.tell("cw.i.b", { ...frames[0] as object, pipe: "../a.1" });
      bus.tell("cw.i.b", broken(frames[0], luck) ?? null);
    }
    clock.advance(10);

    ok(b.badFrames >= 60, `${b.badFrames} bad frames`);
    deepEqual(b.accepted[0]?.messages.slice(0, 3), [1, 2, 3]);
  });
});

Deno.test("[PIPE7] a frame with members of a later version is accepted", () => {
  const { clock, bus, b } = piped();

  bus.tell("cw.i.b", {
    ...{ type: "data", pipe: "a.1", from: "a", n: 1, heard: 0 },
    ...{ messages: ["hello"], urgency: 3 },
  });
  clock.advance(10);

  deepEqual([b.accepted[0]?.messages, b.badFrames], [["hello"], 0]);
});

Deno.test("[PIPE8] a message of 512 KiB arrives, and a longer one throws", () => {
  const { clock, a, b } = piped();
  const end = a.open("b");
  const longest = "ä".repeat(256 * 1_024 - 1);

  end.pipe.send(longest);
  throws(() => end.pipe.send(longest + "a"), {
    name: "RangeError",
    message: "Cannot send a message of 524289 bytes to another instance: the" +
      " limit is 524288",
  });
  clock.advance(10);

  deepEqual(b.accepted[0]?.messages, [longest]);
});

Deno.test("[PIPE8] no frame has more than 1 MiB, and more than 16 MiB without an ack break the pipe", () => {
  const { clock, bus, a, b } = piped();
  let longest = 0;
  bus.on("cw.i.b", (frame) => {
    longest = Math.max(longest, JSON.stringify(frame).length);
  });
  const [end, talkative] = [a.open("b"), a.open("b")];
  a.bus.isCut = true;
  for (let n = 0; n < 20; n++) end.pipe.send("x".repeat(300_000));
  for (let n = 0; n < 57; n++) talkative.pipe.send("x".repeat(300_000));
  a.bus.isCut = false;

  clock.advance(400);

  equal(b.accepted[0]?.messages.length, 20);
  ok(longest > 300_000 && longest < 1_024 * 1_024, `${longest} bytes`);
  deepEqual([end.breaks, talkative.breaks], [0, 1]);
});

Deno.test("[PIPE9] an exception in one pipe's handler breaks that pipe only", () => {
  const { clock, a, b } = piped();
  b.onAccept = (far) => {
    far.onMessage = (message) => {
      if (message === "bad") throw new Error("cannot handle it");
    };
  };
  const [bad, good] = [a.open("b"), a.open("b")];

  bad.pipe.send("bad");
  good.pipe.send("good");
  clock.advance(10);
  good.pipe.send("better");
  clock.advance(10);

  deepEqual([bad.breaks, b.accepted[0]?.breaks], [1, 1]);
  deepEqual([good.breaks, b.accepted[1]?.messages], [0, ["good", "better"]]);
});
