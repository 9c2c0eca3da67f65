import type { Chance } from "../chance.ts";
import type { Noticed } from "./lossy_wire.ts";
import { turns, type World } from "./world.ts";

/** A random action with its relative frequency. */
type Action = [weight: number, (world: World, dice: Chance) => unknown];

const ACTIONS: Action[] = [
  // The network.
  [40, (world, dice) => deliverSome(world, dice)],
  [25, (world) => world.deliverAll()],
  [6, ({ visitor }, dice) => visitor.cut(noticed(dice), closeCode(dice))],
  [6, ({ agent }, dice) => agent.cut(noticed(dice), closeCode(dice))],
  [3, ({ visitor }) => visitor.notice()],
  [3, ({ agent }) => agent.notice()],
  [2, ({ visitor }) => void (visitor.isUp = !visitor.isUp)],
  [2, ({ agent }) => void (agent.isUp = !agent.isUp)],
  [2, ({ visitor }) => visitor.browser.dispatch("online")],
  [2, ({ agent }) => agent.desk.wake()],
  // Time.
  [20, (world, dice) => advance(world, 50 + dice.below(3_000))],
  [3, (world, dice) => advance(world, dice.below(70_000))],
  // The visitor.
  [10, ({ visitor }) => visitor.press("chat")],
  [25, ({ visitor }) => visitor.write()],
  [5, ({ visitor }) => visitor.endChat()],
  [8, ({ visitor }) => visitor.press("voice")],
  [3, ({ visitor }) => visitor.press("video")],
  [8, ({ visitor }) => visitor.hangUp()],
  [3, ({ visitor }, dice) => visitor.setOpen(dice.next() < 0.7)],
  [6, ({ visitor }) => visitor.browser.devices.answerPrompts(true)],
  [1, ({ visitor }) => visitor.browser.devices.answerPrompts(false)],
  [2, ({ visitor }) => visitor.browser.devices.openPeers[0]?.become("failed")],
  [2, (world) => changePage(world, () => world.visitor.leave())],
  [1, (world) => changePage(world, () => world.visitor.crash())],
  [1, (world) => comeBack(world)],
  // The agent.
  [20, (world, dice) => answer(world, dice)],
  [15, (world, dice) => goOn(world, dice)],
  [6, ({ agent }) => agent.devices.answerPrompts(true)],
  [1, ({ agent }) => agent.devices.answerPrompts(false)],
  [2, ({ agent }) => agent.reload()],
  [1, ({ agent }) => agent.crash()],
  // The service.
  [3, ({ store }, dice) => store.be(dice.pick(["slow", "fails", "hangs"]))],
  [6, ({ store }) => store.be("ok")],
  [0.7, (world) => world.restart()],
];
const TOTAL = ACTIONS.reduce((sum, [weight]) => sum + weight, 0);

/** Performs one of the possible actions. */
export async function act(world: World, dice: Chance): Promise<void> {
  let roll = dice.next() * TOTAL;
  for (const [weight, run] of ACTIONS) {
    roll -= weight;
    if (roll >= 0) continue;
    await run(world, dice);
    break;
  }
  await turns();
}

const noticed = (dice: Chance) =>
  dice.pick<Noticed>(["both", "both", "page", "service"]);
/** A reloaded proxy closes with 1001 on both sides. */
const closeCode = (dice: Chance) => dice.pick([1006, 1006, 1001]);

function deliverSome({ visitor, agent }: World, dice: Chance): void {
  const tab = dice.next() < 0.5 ? visitor : agent;
  const way = dice.next() < 0.5 ? "to-page" : "to-service";
  for (let count = 1 + dice.below(4); count > 0; count--) tab.deliver(way);
}

async function advance(world: World, ms: number): Promise<void> {
  world.clock.advance(ms);
  await turns();
}

async function changePage(world: World, leave: () => void): Promise<void> {
  leave();
  await turns();
  world.visitor.open();
}

async function comeBack({ visitor, clock }: World): Promise<void> {
  visitor.hide();
  await turns();
  clock.advance(3_000);
  await turns();
  visitor.show();
}

/** Lets the agent answer or decline a waiting contact. */
function answer({ agent: { desk } }: World, dice: Chance): void {
  const [item] = desk.waiting.value;
  if (item === undefined) return;
  const { id } = item.view;
  if (dice.next() < 0.2) return desk.dispatch({ type: "decline", contact: id });
  if ("entries" in item) return desk.dispatch({ type: "join", chat: id });
  desk.dispatch({ type: "take", call: id, video: dice.next() < 0.3 });
}

/** Lets the agent write, look, hold, or end a contact. */
function goOn({ agent }: World, dice: Chance): void {
  const { desk } = agent;
  const { calls, chats } = desk.state.value;
  const chat = chats.find(({ view }) => view.state === "joined")?.view.id;
  const call = calls.find(({ view }) => view.state === "taken" && view.mine)
    ?.view.id;
  const roll = dice.next();
  if (chat !== undefined && roll < 0.6) return agent.write(chat);
  if (chat !== undefined && roll < 0.68) {
    return desk.dispatch({ type: "leave", chat });
  }
  if (call === undefined) return;
  if (roll < 0.8) desk.setHeld(call, dice.next() < 0.5);
  else desk.dispatch({ type: "hang-up", call, trouble: false });
}
