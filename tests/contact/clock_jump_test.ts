import { deepEqual, equal, ok } from "node:assert/strict";
import { Housekeeping } from "@/lib/admin/housekeeping.ts";
import { Throttle } from "@/lib/admin/throttle.ts";
import { LIMITS } from "@/lib/protocol/visitor/limits.ts";
import { DESK_LIMITS } from "@/lib/protocol/desk/limits.ts";
import { anAgent } from "../support/any_widget.ts";
import { DeskRoom } from "../support/desk_room.ts";
import { FakeClock } from "../support/fake_clock.ts";
import { memoryStore } from "../support/temporary_store.ts";
import { settle, START, VisitorRoom } from "../support/visitor_room.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const JUMPS = [HOUR_MS, -HOUR_MS, DAY_MS, -DAY_MS, 365 * DAY_MS, -365 * DAY_MS];

for (const jump of JUMPS) {
  const by = `${jump / HOUR_MS} hours`;

  Deno.test(`the host's clock jumps by ${by}: visitors notice nothing`, async () => {
    using room = new VisitorRoom();
    const late = room.open();
    const page = await room.page();
    page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
    const [chat] = room.agents.chats.all;
    chat?.emit({ type: "joined" });
    page.drop();

    room.clock.jumpWall(jump);
    room.clock.advance(LIMITS.startWithinMs - 1_000);
    late.say({ ...START, v: 1 });
    await late.until("Session");
    equal(late.closedWith, undefined);
    equal(chat?.over, false);
    room.clock.advance(LIMITS.resumeWithinMs);

    equal(chat?.over, true); // In time, whatever the clock says.
  });

  Deno.test(`the host's clock jumps by ${by}: rate limits stay even`, async () => {
    using room = new VisitorRoom({}, {});
    const page = await room.page();
    const say = (count: number) => {
      for (let n = 0; n < count; n++) page.say({ mt: "GetIceConfig" });
    };

    say(LIMITS.messagesPerWindow - 1);
    room.clock.jumpWall(jump);
    room.clock.advance(LIMITS.windowMs);
    say(LIMITS.messagesPerWindow);
    equal(page.closedWith, undefined);
    room.clock.jumpWall(jump);
    say(1);
    await settle();

    equal(page.closedWith, 4429);
  });

  Deno.test(`the host's clock jumps by ${by}: an agent stays at the desk`, async () => {
    await using room = await DeskRoom.open();
    const page = room.page().connect();

    room.clock.jumpWall(jump);
    room.clock.advance(DESK_LIMITS.pingEveryMs);

    equal(page.closedWith, undefined);
    equal(page.all("ping").length, 1);
    const { leg } = await room.dial();
    const since = page.last("call")?.call.since;
    equal(since, room.clock.wall());
    leg.send({ type: "hang-up", cause: 16 });
  });

  Deno.test(`the host's clock jumps by ${by}: a chat's times never go back`, async () => {
    using room = new VisitorRoom();
    room.put({ agents: [anAgent("columbia", { media: ["chat"] })] });
    const page = await room.page();
    page.say({ mt: "CreateChat", dest: "columbia", dn: "Ada" });
    page.say({ mt: "ChatMessage", id: "1", text: "one" });
    room.clock.jumpWall(jump);
    page.say({ mt: "ChatMessage", id: "2", text: "two" });

    const [first = 0, second = 0] = page.all("ChatAck").map(({ time }) => time);
    ok(second >= first, `${first}, ${second}`);
    const seconds = Math.floor(room.clock.wall() / 1_000);
    equal(second, jump > 0 ? seconds : first);
  });

  Deno.test(`the host's clock jumps by ${by}: a password guesser waits just as long`, () => {
    const clock = new FakeClock();
    const throttle = new Throttle(
      { free: 1, firstMs: 60_000, maxMs: 60_000 },
      clock,
    );
    throttle.count("ada");

    clock.jumpWall(jump);

    equal(throttle.waitMs("ada"), 60_000);
    clock.advance(60_000);
    equal(throttle.waitMs("ada"), 0);
  });

  Deno.test(`the host's clock jumps by ${by}: no stored data is lost`, async () => {
    using store = await memoryStore();
    const { clock } = store;
    const record = {
      id: "r",
      widget: "f".repeat(32),
      address: "otto",
      media: "chat",
      startedAt: clock.wall(),
      endedAt: clock.wall(),
      cause: 16,
      messages: 1,
    } as const;
    await store.contactRecords.add(record);
    const pictures = { sweep: () => Promise.resolve(0) };
    using _housekeeping = new Housekeeping({
      recordDays: 365,
      messageDays: 365,
      statisticsDays: 800,
      pictures,
      store,
      clock,
    });

    clock.jumpWall(jump);
    clock.advance(60_000);
    for (let n = 0; n < 20; n++) await settle();

    equal(await store.contactRecords.has(record), true);
  });
}

Deno.test("a session survives a clock change of an hour", async () => {
  using store = await memoryStore();
  const { id } = await anAccount(store);
  const token = await store.sessions.open(id);

  const used: boolean[] = [];
  for (const jump of [HOUR_MS, -2 * HOUR_MS, 26 * HOUR_MS, -25 * HOUR_MS]) {
    store.clock.jumpWall(jump);
    used.push(await store.sessions.use(token) !== undefined);
  }

  deepEqual(used, [true, true, true, true]);
});

async function anAccount(
  { accounts }: Awaited<ReturnType<typeof memoryStore>>,
) {
  const made = await accounts.create(
    { name: "ada", displayName: "Ada", roles: ["admin"] },
    "hash",
  );
  if (!made.ok) throw new Error(made.error.reason);
  return made.value.value;
}
