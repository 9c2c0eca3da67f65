import { deepEqual } from "node:assert/strict";
import {
  DeskRoom,
  type PlayedChat,
  turn,
} from "../../tests/support/desk_room.ts";
import { LossyDesk } from "../../tests/support/lossy_desk.ts";
import { chance as newChance } from "../../tests/support/chance.ts";
import { isChat } from "./desk_state.ts";

const STEPS = 400;
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8];

for (const each of [...SEEDS, newChance().seed]) {
  Deno.test(
    "[D18] no line of a chat is lost or doubled, CW_SEED=" + each,
    async () => {
      await using room = await DeskRoom.open();
      const chance = newChance(each).next;
      const page = new LossyDesk(room, { chance });
      page.desk.start();
      await page.deliver();
      const chat = await room.openChat();
      await page.deliver();
      page.desk.on({ type: "join", chat: chat.id });
      const said = new Play(room, page, chat, chance);

      for (let n = 0; n < STEPS; n++) await said.something();
      await said.settle();

      const texts = chat.entries.map(({ text }) => text);
      deepEqual(texts.filter((text) => text.startsWith("agent")), said.agent);
      deepEqual(
        texts.filter((text) => text.startsWith("visitor")),
        said.visitor,
      );
      deepEqual(said.shown().entries, chat.entries);
      deepEqual(said.shown().outbox, []);
    },
  );
}

/** Random play: both write, frames travel or are lost, time passes. */
class Play {
  readonly agent: string[] = [];
  readonly visitor: string[] = [];
  readonly #room: DeskRoom;
  readonly #page: LossyDesk;
  readonly #chat: PlayedChat;
  readonly #chance: () => number;

  constructor(
    room: DeskRoom,
    page: LossyDesk,
    chat: PlayedChat,
    chance: () => number,
  ) {
    this.#room = room;
    this.#page = page;
    this.#chat = chat;
    this.#chance = chance;
  }

  async something(): Promise<void> {
    const { desk } = this.#page;
    const chat = this.#chat.id;
    const dice = this.#chance();
    if (dice < 0.25) {
      const text = `agent ${this.agent.length}`;
      this.agent.push(text);
      desk.on({ type: "draft", chat, text });
      desk.write(chat);
    } else if (dice < 0.5) {
      const text = `visitor ${this.visitor.length}`;
      this.visitor.push(text);
      this.#chat.say(text);
    } else if (dice < 0.85) {
      await this.#page.deliver(Math.ceil(this.#chance() * 6));
    } else if (dice < 0.9) {
      const seen = (["both", "page", "service"] as const)[
        Math.floor(this.#chance() * 3)
      ];
      this.#page.cut(seen);
    } else if (dice < 0.93) this.#page.isUp = !this.#page.isUp;
    else this.#room.clock.advance(Math.floor(this.#chance() * 2_000));
    await turn();
  }

  /** The network is well again, for long enough. */
  async settle(): Promise<void> {
    this.#page.isUp = true;
    for (let n = 0; n < 12; n++) {
      await this.#page.deliver();
      this.#room.clock.advance(5_000);
      await turn();
    }
    await this.#page.deliver();
  }

  shown() {
    const item = this.#page.desk.state.value.chats[0];
    if (item === undefined || !isChat(item)) {
      throw new Error("No chat is shown");
    }
    return item;
  }
}
