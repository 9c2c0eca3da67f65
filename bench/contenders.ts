import { nowMs } from "./clock.ts";
import type { Contender } from "./contender.ts";
import { type Scene, startProduct } from "./product.ts";
import { startProcess } from "./process.ts";

/** `runtime` are flags for Deno itself. */
export type Start = (scene: Scene, runtime?: string[]) => Promise<Contender>;

/** All three, in the order of the tables. */
export const CONTENDERS: Start[] = [
  startProduct,
  startBare("native"),
  startBare("ws"),
];

/** Path of the program of a bare server. */
export function bareProgram(kind: "native" | "ws"): string {
  return new URL(`bare_${kind}.ts`, import.meta.url).pathname;
}

function startBare(kind: "native" | "ws"): Start {
  return async ({ script }, runtime = []) => {
    const process = await startProcess([
      ...runtime,
      bareProgram(kind),
      JSON.stringify(script),
    ]);
    const control = new WebSocket(process.url);
    await new Promise((open) => control.onopen = open);
    const tell = (name: string) => {
      const at = nowMs();
      control.send(`all:${name}`);
      return Promise.resolve(at);
    };
    return {
      name: `bare ${kind}`,
      process,
      visitors: `${process.url}/`,
      start: JSON.stringify({ mt: "Start" }),
      script,
      change: () => tell("change"),
      save: () => tell("save"),
      async [Symbol.asyncDispose]() {
        control.close();
        await process[Symbol.asyncDispose]();
      },
    };
  };
}
