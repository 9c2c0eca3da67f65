import { type Bench, compare, inTurn } from "./bench.ts";

const CHATS = 200;
/** A visitor may send 100 messages in 10 s, including Start and CreateChat. */
const MESSAGES = 90;

export const chats: Bench = {
  name: "chats",
  title: "(e) Chat messages per second, acknowledged and delivered",
  async run(lab) {
    const { agents } = lab.scene;
    const figures = await inTurn(lab, async (contender, load) => {
      const { name, process: { url }, visitors, start, script } = contender;
      const { tookMs } = await load.chat({
        url,
        visitors,
        start,
        frames: script.start.length,
        kind: name.startsWith("bare") ? "bare" : "product",
        // The first agent is at the desk already, to change its presence.
        agents: agents.slice(1),
        chats: CHATS,
        messages: MESSAGES,
        atOnce: 4,
      });
      return [CHATS * MESSAGES / tookMs * 1_000];
    });
    return compare([`${CHATS} chats`], figures);
  },
};
