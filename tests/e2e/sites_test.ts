import { deepEqual, equal } from "node:assert/strict";
import { agentOf } from "@/tests/support/admin_client.ts";
import { htmlPage, openProduct, signIn } from "@/tests/support/product.ts";
import { enter, press, seen } from "@/tests/support/seen.ts";

Deno.test("a widget restricted to a website is shown there and nowhere else", async () => {
  await using product = await openProduct();
  const { uuid } = await product.admin.addWidget("cardset", (content) => {
    content.name = "Team";
    content.agents = [agentOf("ada", "Ada Lovelace")];
  });
  const [own, other] = [product.website([uuid]), product.website([uuid])];
  const { page, errors } = await product.browser.open();
  await signIn(page, product.service.url, "admin");
  const panel = page.locator("section.widget", { hasText: "Team" });
  await press(panel.getByRole("button", { name: "Team" }).first());
  await press(panel.getByRole("tab", { name: "Websites and privacy" }));
  const sites = panel.getByLabel("Allowed websites");

  await enter(sites, "my shop");
  await press(panel.getByRole("button", { name: "Save" }));
  await seen(panel.getByText("Enter it as https://www.example.com"));
  await enter(sites, own.origin);
  await press(panel.getByLabel("Bot protection"));
  await press(panel.getByRole("button", { name: "Save" }));
  await seen(page.getByText("was saved").first());

  const shown: Record<string, string[]> = {};
  const file = `${product.service.data}/page.html`;
  const code = `<contact-widget uuid="${uuid}"></contact-widget>
    <script type="module" src="${product.service.url}/widget.js"></script>`;
  await Deno.writeTextFile(file, htmlPage(code));
  const places = {
    own: own.origin,
    other: other.origin,
    file: `file://${file}`,
  };
  for (const [name, url] of Object.entries(places)) {
    const visitor = await product.browser.open();
    const closed = visitor.page.waitForEvent("websocket")
      .then((socket) => socket.waitForEvent("close")).catch(() => {});
    await visitor.page.goto(url);
    const cards = visitor.page.getByText("Ada Lovelace");
    await Promise.race([closed, seen(cards.first())]);
    shown[name] = await cards.allTextContents();
    await visitor.context.close();
  }

  deepEqual(shown, { own: ["Ada Lovelace"], other: [], file: [] });
  const { content } = await product.admin
    .call<{ content: { protection: string } }>("GET", `/api/widgets/${uuid}`);
  equal(content.protection, "proofOfWork");
  deepEqual(errors, []);
});
