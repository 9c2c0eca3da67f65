import { deepEqual, ok } from "node:assert/strict";
import {
  AdminClient,
  agentOf,
  PASSWORD,
} from "@/tests/support/admin_client.ts";
import { openCollector } from "@/tests/support/collector.ts";
import { DeskAgent } from "@/tests/support/desk_agent.ts";
import { startService } from "@/tests/support/service.ts";

const TURN_SECRET = "turn-secret-8c1f";
const GUESS = "a-wrong-password-5d2e";
const WORDS = "the-words-of-a-visitor-77ab";
const NAME = "the-name-of-a-visitor-91cd";

Deno.test("neither the debug log nor traces contain secrets", async () => {
  await using collector = openCollector();
  await using service = await startService({
    by: collector.by,
    args: [
      `--admin-password=${PASSWORD}`,
      "--log=debug",
      "--drain-seconds=0",
      "--turn=turn.example.com",
      `--turn-secret=${TURN_SECRET}`,
    ],
  });

  const secrets = await useAll(service.url);
  // Spans are exported in their order, so all others came before this one.
  await (await fetch(`${service.url}/the-last-one`)).body?.cancel();
  await collector.until(() => collector.text().includes("/the-last-one"));
  await service.stop("SIGKILL");

  ok(service.output().includes("/login"), "nothing was logged");
  ok(collector.text().includes("/login"), "nothing was traced");
  const found = secrets.flatMap(([what, secret]) => [
    ...(service.output().includes(secret) ? [`${what} in the log`] : []),
    ...(collector.text().includes(secret) ? [`${what} in a trace`] : []),
  ]);
  deepEqual(found, []);
});

/** Uses everything that has a secret; says what they were. */
async function useAll(url: string): Promise<[what: string, secret: string][]> {
  await AdminClient.signIn(url, "admin", GUESS).catch(() => {});
  const admin = await AdminClient.signIn(url, "admin", PASSWORD);
  await admin.addPerson("ada", "Ada");
  await admin.call("PUT", "/api/pbx/password", { password: "app-pw-1f2e" })
    .catch(() => {}); // Its key may not be set.
  const { uuid } = await admin.addWidget("cardset", (content) => {
    content.agents = [agentOf("ada", "Ada")];
  });
  const agent = await AdminClient.signIn(url, "ada", PASSWORD);
  using _desk = await DeskAgent.connect(url, agent.cookie);
  const { resume, turnPwd } = await visit(url, uuid);
  return [
    ["the password", PASSWORD],
    ["a wrong password", GUESS],
    ["the App's password", "app-pw-1f2e"],
    ["a session", admin.cookie.split("=")[1] ?? ""],
    ["a desk's session", agent.cookie.split("=")[1] ?? ""],
    ["the TURN secret", TURN_SECRET],
    ["a TURN password", turnPwd],
    ["a seat's token", resume],
    ["a visitor's words", WORDS],
    ["a visitor's name", NAME],
  ];
}

/** A visitor who chats, and sends what cannot be read. */
async function visit(
  url: string,
  uuid: string,
): Promise<{ resume: string; turnPwd: string }> {
  const socket = new WebSocket(`${url.replace("http", "ws")}/widgets/service`);
  const say = (message: object) => socket.send(JSON.stringify(message));
  const done = Promise.withResolvers<void>();
  const secrets = { resume: "", turnPwd: "" };
  socket.onopen = () => say({ mt: "Start", uuid, v: 1 });
  socket.onerror = () => done.reject(new Error("Cannot visit"));
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.mt === "Session") {
      secrets.resume = message.resume;
      say({ mt: "GetIceConfig" });
    }
    if (message.mt === "IceConfig") {
      secrets.turnPwd = message.turnPwd;
      say({ mt: "ChatMessage", text: WORDS });
      say({ mt: "CreateChat", dest: "ada", dn: NAME });
      say({ mt: "ChatMessage", id: "1", text: WORDS });
    }
    const isOver = message.mt === "ChatInfo" && message.state === "terminated";
    if (message.mt === "ChatAck" || isOver) done.resolve();
  };
  await done.promise;
  socket.close();
  return secrets;
}
