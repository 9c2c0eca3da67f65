import process from "node:process";
import { createInterface } from "node:readline";
import { chatMany, type ChatOptions } from "./chat_load.ts";
import { Crowd, type OpenOptions } from "./crowd.ts";
import { FaithfulCrowd, type FaithfulOptions } from "./faithful_crowd.ts";
import { getMany, type GetOptions } from "./http_load.ts";

/** A command for the load client, one JSON object per line on its input. */
export type Command =
  | { do: "open"; options: OpenOptions }
  | { do: "hear"; frames: number }
  | { do: "close" }
  | { do: "come"; options: FaithfulOptions }
  | { do: "look" }
  | { do: "get"; options: GetOptions }
  | { do: "chat"; options: ChatOptions };

// The load runs in a separate process, so that its work does not count for the
// server. It answers each line with one line; `hear` gets two answers: ready,
// and the end.

const crowd = new Crowd();
const faithful = new FaithfulCrowd();

async function answer(command: Command): Promise<unknown> {
  switch (command.do) {
    case "open":
      return await crowd.open(command.options);
    case "hear": {
      const last = crowd.heard(command.frames);
      say({ ready: true });
      return { lastAt: await last, lost: crowd.lost };
    }
    case "close":
      crowd.close();
      faithful.leave();
      return {};
    case "come":
      return await faithful.come(command.options);
    case "look":
      return faithful.look();
    case "get":
      return await getMany(command.options);
    case "chat":
      return await chatMany(command.options);
  }
}

function say(line: unknown): void {
  console.log(JSON.stringify(line));
}

for await (const line of createInterface({ input: process.stdin })) {
  say(await answer(JSON.parse(line)));
}
