import { deepEqual, equal, match, ok } from "node:assert/strict";
import { createServer } from "node:http";
import { startService } from "../support/service.ts";
import { setStage, type Stage } from "../support/stage.ts";
import { StubbornAgent } from "../support/stubborn_agent.ts";
import { StubbornVisitor } from "../support/stubborn_visitor.ts";

const REFUSED_WITHIN_MS = 2_000;
const MAIN = new URL("../../main.ts", import.meta.url).pathname;

Deno.test("a second process on the same data is rejected and ends no chat of the first", async (test) => {
  await using stage = await setStage(1);
  const visitor = new StubbornVisitor(stage.widget, "agent0");
  const agent = new StubbornAgent(stage.agents[0]?.cookie ?? "");
  {
    await using first = await startService({ data: stage.data });
    await chat(first.url, { visitor, agent });

    for (const port of [new URL(first.url).port, "0"]) {
      await test.step(`on port ${port === "0" ? "of its own" : "the same"}`, async () => {
        const { code, text, output, ms } = await startAgain(
          stage.data,
          port,
        );

        equal(code, 1);
        match(text, new RegExp(`process ${first.pid} on .+ is using it`));
        equal(text.trim().split("\n").length, 1, text);
        // The log has the settings, and nothing that was done with the data.
        equal(output.trim().split("\n").length, 1, output);
        match(output, / starts: store /);
        ok(ms < REFUSED_WITHIN_MS, `It took ${ms} ms`);
      });
    }
    await first.stop("SIGKILL");
  }
  await test.step("after kill -9 a start needn't wait and continues the chat", async () => {
    await goesOn(stage, { visitor, agent });
  });
});

Deno.test("a start that fails because its port is taken ends no chat", async () => {
  await using stage = await setStage(1);
  const visitor = new StubbornVisitor(stage.widget, "agent0");
  const agent = new StubbornAgent(stage.agents[0]?.cookie ?? "");
  {
    await using first = await startService({ data: stage.data });
    await chat(first.url, { visitor, agent });
    await first.stop("SIGKILL");
  }
  await using other = await takePort();

  const { code, text } = await startAgain(stage.data, other.port);

  equal(code, 1);
  match(text, /EADDRINUSE|in use/);
  await goesOn(stage, { visitor, agent });
});

Deno.test("a new data folder is readable only by its owner", async () => {
  const parent = await Deno.makeTempDir();
  const data = `${parent}/data`;
  await using _service = await startService({
    data,
    by: ["sh", "-c", 'umask 022; exec "$@"', "sh"],
  });
  const modeOf = (path: string) => (Deno.statSync(path).mode ?? 0) & 0o777;

  const modes: Record<string, number> = { "": modeOf(data) };
  for (const { name } of Deno.readDirSync(data)) {
    if (/^widgets\.kv$|\.key$|\.lock$/.test(name)) {
      modes[name] = modeOf(`${data}/${name}`);
    }
  }

  equal(modes[""], 0o700);
  equal(modes["widgets.kv"], 0o600);
  deepEqual(Object.values(modes).filter((mode) => (mode & 0o077) !== 0), []);
  await Deno.remove(parent, { recursive: true });
});

/** The visitor writes a few texts, which the service acknowledges. */
async function chat(
  url: string,
  { visitor, agent }: { visitor: StubbornVisitor; agent: StubbornAgent },
): Promise<void> {
  agent.isWriting = false;
  await agent.connect(url);
  await visitor.connect(url);
  await agent.has(3);
  visitor.isWriting = false;
  await visitor.has(0);
}

/** The chat of before is there for both, and takes more texts. */
async function goesOn(
  stage: Stage,
  { visitor, agent }: { visitor: StubbornVisitor; agent: StubbornAgent },
): Promise<void> {
  await using service = await startService({
    data: stage.data,
    args: ["--drain-seconds=0"],
  });
  const before = agent.read.length;
  visitor.isWriting = true;
  await agent.connect(service.url);
  await visitor.connect(service.url);
  await agent.has(before + 2);
  equal(visitor.chats, 1, "The visitor had to begin a new chat");
  visitor.isWriting = false;
}

/** Starts the program once more, and waits until it has ended. */
async function startAgain(data: string, port: string) {
  const start = performance.now();
  const { code, stderr, stdout } = await new Deno.Command(Deno.execPath(), {
    args: [
      "run",
      "-A",
      "--quiet",
      MAIN,
      "--host=127.0.0.1",
      `--port=${port}`,
      `--data=${data}`,
    ],
  }).output();
  const decoder = new TextDecoder();
  const [text, output] = [decoder.decode(stderr), decoder.decode(stdout)];
  return { code, text, output, ms: performance.now() - start };
}

/** A program of another kind that has a port. */
async function takePort() {
  const server = createServer();
  const port = await new Promise<string>((done) => {
    server.listen(0, "127.0.0.1", () => {
      const address = server.address();
      done(String(typeof address === "object" ? address?.port : address));
    });
  });
  return {
    port,
    [Symbol.asyncDispose]: () =>
      new Promise<void>((done) => server.close(() => done())),
  };
}
