import { deepEqual } from "node:assert/strict";
import { chance as newChance } from "@/tests/support/chance.ts";
import { DeskRoom, turn } from "@/tests/support/desk_room.ts";
import { FakeMedia } from "@/tests/support/fake_media.ts";
import { LossyDesk } from "@/tests/support/lossy_desk.ts";

const STEPS = 400;
/** With 1978 and 2490 the page is away for more than a minute. */
const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 1978, 2490];
/** An agent who is away for `keepMs` loses chat and call on purpose (D8); here
 * nobody gives up, so that chance may keep the network down for as long. */
const TIMES = { keepMs: 3_600_000 };

for (const each of [...SEEDS, newChance().seed]) {
  Deno.test(
    "[D18] no entry of a chat is lost or duplicated, CW_SEED=" + each,
    async () => {
      await using room = await DeskRoom.open(undefined, TIMES);
      const { page, chance } = await connected(room, each);
      const chat = await room.openChat();
      await page.deliver();
      page.desk.dispatch({ type: "join", chat: chat.id });
      await page.deliver(); // What only rings does not wait for a lost page.
      const agent: string[] = [];
      const visitor: string[] = [];

      await play({ room, page, chance }, {
        agent() {
          const text = `agent ${agent.length}`;
          agent.push(text);
          page.desk.dispatch({ type: "draft", chat: chat.id, text });
          page.desk.write(chat.id);
        },
        visitor() {
          const text = `visitor ${visitor.length}`;
          visitor.push(text);
          chat.say(text);
        },
      });

      const [shown] = page.desk.state.value.chats;
      const texts = chat.entries.map(({ text }) => text);
      deepEqual(texts.filter((text) => text.startsWith("agent")), agent);
      deepEqual(texts.filter((text) => text.startsWith("visitor")), visitor);
      deepEqual(shown?.entries, chat.entries);
      deepEqual(shown?.outbox, []);
    },
  );

  Deno.test(
    "[D5] no message about a call is lost or duplicated, CW_SEED=" + each,
    async () => {
      await using room = await DeskRoom.open(undefined, TIMES);
      const { page, chance } = await connected(room, each);
      const { id, leg, heard } = await room.dial();
      await page.deliver();
      page.desk.dispatch({ type: "take", call: id, video: false });
      page.desk.dispatch({ type: "answer", call: id, sdp: "answer" });
      await page.deliver();
      const said: string[] = [];
      let pressed = "";

      await play({ room, page, chance }, {
        agent() {
          const sdp = `offer ${said.length}`;
          said.push(sdp);
          const media = { cmd: "PROPOSAL", sdp } as const;
          page.desk.dispatch({ type: "media", call: id, media });
        },
        visitor() {
          const digits = String(pressed.length % 10);
          pressed += digits;
          leg.send({ type: "dtmf", digits });
        },
      });

      const heardMedia = heard.flatMap((event) =>
        event.type === "channels" && "sdp" in event.channels
          ? event.channels.sdp
          : []
      );
      deepEqual(heardMedia, ["answer", ...said]);
      // The page shows the last 64.
      deepEqual(page.desk.state.value.calls[0]?.digits, pressed.slice(-64));
    },
  );
}

async function connected(room: DeskRoom, seed: number) {
  const chance = newChance(seed).next;
  const page = new LossyDesk(room, { chance, media: new FakeMedia().deps() });
  page.desk.media.subscribe((media) => media?.close()); // The test itself answers.
  page.desk.start();
  await page.deliver();
  return { page, chance };
}

interface Stage {
  room: DeskRoom;
  page: LossyDesk;
  chance: () => number;
}

/** Random play: both sides say something, frames travel or are lost, time
 * passes; at the end the network is well again for long enough. */
async function play(
  stage: Stage,
  sides: { agent: () => void; visitor: () => void },
): Promise<void> {
  const { page, room, chance } = stage;
  for (let n = 0; n < STEPS; n++) {
    const dice = chance();
    if (dice < 0.25) sides.agent();
    else if (dice < 0.5) sides.visitor();
    else await happen(dice, stage);
    await turn();
  }
  page.isUp = true;
  for (let n = 0; n < 12; n++) {
    await page.deliver();
    room.clock.advance(5_000);
    await turn();
  }
  await page.deliver();
}

async function happen(
  dice: number,
  { page, room, chance }: Stage,
): Promise<void> {
  if (dice < 0.85) await page.deliver(Math.ceil(chance() * 6));
  else if (dice < 0.9) {
    const seen = (["both", "page", "service"] as const)[
      Math.floor(chance() * 3)
    ];
    page.cut(seen);
  } else if (dice < 0.93) page.isUp = !page.isUp;
  else room.clock.advance(Math.floor(chance() * 2_000));
}
