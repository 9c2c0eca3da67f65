import * as v from "valibot";
import type { Contender } from "./contender.ts";
import type { Start } from "./contenders.ts";
import type { Scene } from "./product.ts";

// V8's inspector of a program that runs with --inspect, by the Chrome DevTools
// protocol: https://chromedevtools.github.io/devtools-protocol/v8/Profiler/

const profileSchema = v.object({
  nodes: v.array(v.object({
    id: v.number(),
    callFrame: v.object({
      functionName: v.string(),
      url: v.string(),
      lineNumber: v.number(),
    }),
    children: v.optional(v.array(v.number())),
  })),
  samples: v.array(v.number()),
  timeDeltas: v.array(v.number()),
  startTime: v.number(),
  endTime: v.number(),
});

/** A CPU profile in V8's format, which Chromium's DevTools open. */
export type Profile = v.InferOutput<typeof profileSchema>;

const answerSchema = v.object({
  id: v.number(),
  result: v.optional(v.looseObject({ profile: v.optional(v.unknown()) })),
  error: v.optional(v.object({ message: v.string() })),
});

/** Starts a contender under an inspector. */
export function inspected(
  start: Start,
): (scene: Scene) => Promise<Contender & { inspector: Inspector }> {
  return async (scene) => {
    const port = freePort();
    const contender = await start(scene, [`--inspect=127.0.0.1:${port}`]);
    const inspector = await Inspector.connect(port);
    return {
      ...contender,
      inspector,
      async [Symbol.asyncDispose]() {
        inspector[Symbol.dispose]();
        await contender[Symbol.asyncDispose]();
      },
    };
  };
}

function freePort(): number {
  using listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  return listener.addr.port;
}

/** Connects to a program that listens for an inspector on this port. */
export class Inspector implements Disposable {
  readonly #socket: WebSocket;
  #lastId = 0;

  private constructor(socket: WebSocket) {
    this.#socket = socket;
  }

  static async connect(port: number): Promise<Inspector> {
    const list = await fetch(`http://127.0.0.1:${port}/json/list`);
    const targets = v.parse(
      v.array(v.object({ webSocketDebuggerUrl: v.string() })),
      await list.json(),
    );
    const socket = new WebSocket(targets[0]?.webSocketDebuggerUrl ?? "");
    await new Promise((open, fail) => {
      socket.onopen = open;
      socket.onerror = fail;
    });
    return new Inspector(socket);
  }

  /** Takes a sample every millisecond from now on. */
  async startProfile(): Promise<void> {
    await this.#ask("Profiler.enable");
    await this.#ask("Profiler.setSamplingInterval", { interval: 1_000 });
    await this.#ask("Profiler.start");
  }

  async stopProfile(): Promise<Profile> {
    const result = await this.#ask("Profiler.stop");
    return v.parse(profileSchema, result?.profile);
  }

  /** Collects garbage. */
  async collectGarbage(): Promise<void> {
    await this.#ask("HeapProfiler.collectGarbage");
  }

  [Symbol.dispose](): void {
    this.#socket.close();
  }

  #ask(method: string, params: Record<string, number> = {}) {
    const id = ++this.#lastId;
    const answered = new Promise<v.InferOutput<typeof answerSchema>["result"]>(
      (done, fail) => {
        const hear = ({ data }: MessageEvent<string>) => {
          const message = v.safeParse(answerSchema, JSON.parse(data));
          if (!message.success || message.output.id !== id) return;
          this.#socket.removeEventListener("message", hear);
          const { error, result } = message.output;
          if (error) fail(new Error(`${method}: ${error.message}`));
          else done(result);
        };
        this.#socket.addEventListener("message", hear);
      },
    );
    this.#socket.send(JSON.stringify({ id, method, params }));
    return answered;
  }
}
