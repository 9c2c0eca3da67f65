import { deepEqual, equal } from "node:assert/strict";
import type { BlockView } from "@/lib/protocol/admin/blocks.ts";
import type { ServerMessage } from "@/lib/protocol/visitor/codec.ts";
import { AdminClient } from "@/tests/support/admin_client.ts";
import { DeskAgent } from "@/tests/support/desk_agent.ts";
import { Heard } from "@/tests/support/heard.ts";
import { type Service, startService } from "@/tests/support/service.ts";
import { setStage } from "@/tests/support/stage.ts";
import { openWire, type Wire } from "@/tests/support/wire.ts";

/** A visitor, a colleague in the same network, and a visitor in another one. */
const NETWORKS = {
  IPv4: ["198.51.100.7", "198.51.100.7", "198.51.100.8"],
  IPv6: ["2001:db8:1:2::7", "2001:db8:1:2:3:4:5:6", "2001:db8:1:3::7"],
} as const;
const ARGS = ["--trusted-proxies=127.0.0.1"];

type Visitor = Wire<ServerMessage>;

/** Opens a page whose client a trusted proxy names. */
async function visit(
  { url }: Service,
  { uuid, address }: { uuid: string; address: string },
): Promise<Visitor> {
  const visitor = await openWire<ServerMessage>(`${url}/widgets/service`, {
    "x-forwarded-for": address,
  });
  visitor.say({ mt: "Start", uuid, v: 1 });
  await visitor.heard.until(({ mt }) => mt === "Info");
  return visitor;
}

const presenceOf = ({ heard }: Visitor) =>
  heard.all.findLast((one) => one.mt === "Info")?.presence;

const shows = (visitor: Visitor, presence: string) =>
  visitor.heard.until(() => presenceOf(visitor) === presence);

for (const [name, [own, colleague, other]] of Object.entries(NETWORKS)) {
  Deno.test(`[V54] [V55] an agent blocks a network behind a trusted proxy, also over a restart (${name})`, async () => {
    await using stage = await setStage(1);
    const { widget: uuid, data } = stage;
    const [{ address: dest, cookie } = { address: "", cookie: "" }] =
      stage.agents;
    const at = (address: string) => ({ uuid, address });
    const first = await startService({ data, args: ARGS });
    const rings = new Heard<string>();
    const desk = await DeskAgent.connect(first.url, cookie, (message) => {
      if (message.type === "chat") rings.tell(message.chat.id);
    });
    const visitor = await visit(first, at(own));
    await shows(visitor, "online");
    visitor.say({ mt: "CreateChat", dest, dn: "Bob", contact: "c1" });
    const contact = await rings.until(() => true);

    const block = await new AdminClient(first.url, cookie)
      .call<BlockView>("POST", "/api/account/blocks", {
        ...{ contact, for: "day", network: true },
      });
    await shows(visitor, "offline");
    const ended = await visitor.heard.until((one) =>
      one.mt === "ChatInfo" && one.state === "terminated"
    );
    const early = await visit(first, at(colleague));
    await shows(await visit(first, at(other)), "online");
    desk[Symbol.dispose]();
    await first.stop();
    await using second = await startService({ data, args: ARGS });
    using _desk = await DeskAgent.connect(second.url, cookie);
    const late = await visit(second, at(colleague));
    await shows(await visit(second, at(other)), "online");
    const blocked = [early, late].map(presenceOf);
    await new AdminClient(second.url, stage.admin)
      .call("DELETE", `/api/blocks/${block.id}`);
    await shows(late, "online");

    equal("cause" in ended && ended.cause, 16);
    deepEqual(blocked, ["offline", "offline"]);
  });
}
