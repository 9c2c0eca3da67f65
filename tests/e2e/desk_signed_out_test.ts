import { deepEqual } from "node:assert/strict";
import type { PersonView } from "@/lib/protocol/admin/messages.ts";
import { openChat, openDesk, writeTo } from "@/tests/support/desk_scene.ts";
import { openProduct } from "@/tests/support/product.ts";
import { press, seen } from "@/tests/support/seen.ts";

Deno.test("a desk says that it is signed out, however the session ended", async () => {
  await using product = await openProduct();
  const { admin, service } = product;
  const person = async (name: string): Promise<PersonView> => {
    const { people } = await admin
      .call<{ people: PersonView[] }>("GET", "/api/people");
    return people.find((one) => one.name === name)!;
  };
  const save = async (name: string, change: object) => {
    const { id, revision, displayName, roles } = await person(name);
    const body = { revision, name, displayName, roles, ...change };
    await admin.call("PUT", `/api/people/${id}`, body);
  };
  const ends: Record<string, (cookie: string) => Promise<unknown>> = {
    elsewhere: async (cookie) => {
      const left = await fetch(`${service.url}/logout`, {
        method: "POST",
        redirect: "manual",
        headers: { cookie, origin: service.url },
      });
      await left.body?.cancel();
    },
    password: () => save("password", { password: "another horse battery" }),
    role: () => save("role", { roles: ["admin"] }),
    account: async () =>
      admin.call("DELETE", `/api/people/${(await person("account")).id}`),
  };

  const said: Record<string, boolean> = {};
  for (const [name, end] of Object.entries(ends)) {
    const { page, context } = await product.openDesk(name, name);
    const cookies = await context.cookies();
    const cookie = cookies.map(({ name, value }) => `${name}=${value}`);
    await end(cookie.join("; "));
    await seen(
      page.getByText("You are signed out. Visitors cannot reach you."),
    );
    said[name] = await page.getByRole("link", { name: "Sign in" }).isVisible();
    await context.close();
  }

  deepEqual(said, {
    elsewhere: true,
    password: true,
    role: true,
    account: true,
  });
});

Deno.test("a signed-out desk with a running chat leads to the sign-in without asking", async () => {
  await using open = await openDesk();
  const { page, service, context } = open;
  const visitor = await open.visitor();
  openChat(visitor);
  writeTo(visitor, "1", "Hello");
  await press(page.getByRole("button", { name: "Join chat" }));
  await seen(page.getByRole("textbox", { name: "Message" }));
  const cookies = await context.cookies();
  const cookie = cookies.map(({ name, value }) => `${name}=${value}`);
  const left = await fetch(`${service.url}/logout`, {
    method: "POST",
    redirect: "manual",
    headers: { cookie: cookie.join("; "), origin: service.url },
  });
  await left.body?.cancel();

  await press(page.getByRole("link", { name: "Sign in" }));
  await seen(page.getByLabel("Sign-in name"));

  deepEqual(open.errors, []);
});
