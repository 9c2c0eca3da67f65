import { deepEqual, equal } from "node:assert/strict";
import { newContent } from "@/lib/model/widget.ts";
import { AdminClient } from "./client.ts";

const widget = {
  uuid: "0".repeat(32),
  type: "sidebar",
  revision: "1",
  createdAt: 1,
  updatedAt: 2,
  content: newContent("Sidebar 1", "en"),
};

Deno.test("AdminClient decodes the service's answers", async () => {
  const { uuid, type, revision, updatedAt } = widget;
  const summary = { uuid, type, revision, updatedAt, name: "Sales", agents: 3 };
  const client = answering(Response.json({ widgets: [summary] }));

  const widgets = await client.listWidgets();

  deepEqual(widgets, { ok: true, value: [summary] });
});

Deno.test("AdminClient returns the service's errors", async () => {
  const error = { reason: "conflict", text: "…", current: widget };
  const client = answering(Response.json(error, { status: 409 }));

  const saved = await client.saveWidget(widget.uuid, {
    revision: "0",
    content: widget.content,
  });

  deepEqual(saved, { ok: false, error });
});

Deno.test("AdminClient reports offline if the service can't be reached", async () => {
  const broken = new ReadableStream({
    pull: (controller) => controller.error(new TypeError("connection reset")),
  });
  const clients = [
    new AdminClient(() => Promise.reject(new TypeError("failed to fetch"))),
    answering(new Response(broken)),
    answering(new Response("<h1>Bad gateway</h1>", { status: 502 })),
  ];

  const answers = await Promise.all(clients.map((c) => c.listPeople()));

  for (const answer of answers) {
    equal(answer.ok || answer.error.reason, "offline");
  }
});

Deno.test("AdminClient rejects an answer that doesn't match the schema", async () => {
  const answers = await Promise.all([
    answering(Response.json({ widgets: [{ uuid: 1 }] })).listWidgets(),
    answering(new Response("<h1>Hello</h1>")).listPeople(),
    answering(Response.json({ reason: "new" }, { status: 418 })).listPeople(),
  ]);

  for (const answer of answers) {
    equal(answer.ok || answer.error.reason, "internal");
  }
});

Deno.test("AdminClient distinguishes an aborted call from a lost connection", async () => {
  const leave = new AbortController();
  leave.abort();
  const client = new AdminClient((path, init) =>
    fetch(new URL(path, "http://127.0.0.1:1"), init)
  );

  const found = await client.findAgents("ada", { signal: leave.signal });

  equal(found.ok || found.error.reason, "aborted");
});

Deno.test("AdminClient sends requests as the protocol defines", async () => {
  const asked: string[] = [];
  const client = new AdminClient((path, { method, body, headers }) => {
    const type = new Headers(headers).get("content-type");
    asked.push(`${method} ${path} ${type} ${typeof body}`);
    return Promise.resolve(new Response(null, { status: 204 }));
  });

  await client.findAgents("a&b", { after: "pbx:x" });
  await client.createWidget("cardset");
  await client.uploadPicture(new Blob(["x"], { type: "image/webp" }));
  await client.deleteWidget(widget.uuid);

  deepEqual(asked, [
    "GET /api/agents?text=a%26b&after=pbx%3Ax null undefined",
    "POST /api/widgets application/json string",
    "POST /api/pictures image/webp object",
    `DELETE /api/widgets/${widget.uuid} null undefined`,
  ]);
});

function answering(response: Response): AdminClient {
  return new AdminClient(() => Promise.resolve(response));
}
