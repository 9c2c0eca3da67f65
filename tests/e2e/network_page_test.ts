import { deepEqual, equal, match, ok } from "node:assert/strict";
import type { Page } from "playwright-core";
import { checkAccess } from "@/tests/support/axe.ts";
import { openProduct, signIn } from "@/tests/support/product.ts";
import { press, reach, seen } from "@/tests/support/seen.ts";
import { startTurn } from "@/tests/support/turn_server.ts";

// The administrator's browser tests Debian's coturn.

const SECRET = "shared-with-coturn";

Deno.test("the network page shows what works, what doesn't, and why", async (t) => {
  await using turn = await startTurn(SECRET);
  const gone = turn.host.replace(/:\d+$/, ":9"); // Nobody listens there.
  await using product = await openProduct([
    `--stun=${turn.host};stun.invalid`,
    `--turn=${turn.host};turn:${turn.host}?transport=tcp;turns:${turn.host};${gone}`,
    `--turn-secret=${SECRET}`,
  ]);
  const { page, errors } = await product.browser.open({
    reducedMotion: "reduce",
  });
  await signIn(page, product.service.url, "admin");
  await page.goto(`${product.service.url}/admin/network`);

  await t.step("before the test, it lists the servers", async () => {
    equal(await page.locator(".ice-server").count(), 6);
    equal(await page.locator(".ice-state").count(), 0);
    await checkAccess(page);
  });

  await t.step("a running test can be stopped", async () => {
    await press(page.getByRole("button", { name: "Test from this browser" }));
    await press(page.getByRole("button", { name: "Stop" }));
    await seen(page.getByText("The test was stopped."));
    await checkAccess(page);
  });

  await t.step("each server has its own result", async () => {
    await press(page.getByRole("button", { name: "Test again" }));
    await seen(page.getByText("of 6 servers work from here"), {
      timeout: 40_000,
    });
    const stun = rowOf(page, `stun:${turn.host}`);
    const udp = rowOf(page, `turn:${turn.host}?transport=udp`);
    const tcp = rowOf(page, `turn:${turn.host}?transport=tcp`);

    match(
      await stun.innerText(),
      /works\n[\s\S]*(sees this browser as|answers)/,
    );
    match(await udp.innerText(), /Data went through the relay at .* in \d+ ms/);
    match(await tcp.innerText(), /Data went through the relay at .* in \d+ ms/);
    match(await textOf(page, "stun:stun.invalid"), /does not work/);
    match(await textOf(page, `turns:${turn.host}`), /TCP port \d+/);
    match(
      await textOf(page, `turn:${gone}?transport=udp`),
      /No answer[\s\S]*UDP port 9\?/,
    );
    await seen(page.getByText("3 of 6 servers"));
    await reach(
      page.getByText("clocks of this browser and of the service agree"),
    );
    await checkAccess(page);
  });

  const users = new Set(turn.allocations().map((user) => user.split(":")[1]));
  equal(users.size, 1, "one name for the administrator's session");
  match([...users][0] ?? "", /^test-[0-9a-f]{32}$/);
  deepEqual(errors, []);
});

Deno.test("a wrong secret and a blocking firewall have different results", async () => {
  await using foreign = await startTurn("another secret");
  await using strict = await startTurn(SECRET, { peersHere: false });
  await using product = await openProduct([
    `--turn=${foreign.host};${strict.host}`,
    `--turn-secret=${SECRET}`,
  ]);
  const { page } = await product.browser.open();
  await signIn(page, product.service.url, "admin");
  await page.goto(`${product.service.url}/admin/network`);

  await press(page.getByRole("button", { name: /Test/ }));
  await seen(page.getByText("No server works from here"), { timeout: 40_000 });

  match(
    await textOf(page, `turn:${foreign.host}?transport=udp`),
    /rejects the credentials[\s\S]*401/,
  );
  match(
    await textOf(page, `turn:${strict.host}?transport=udp`),
    /relay was opened, but no data/,
  );
  equal(foreign.allocations().length, 0);
  ok(strict.allocations().length > 0);
});

Deno.test("without any server the page explains the consequences", async () => {
  await using product = await openProduct();
  const { page } = await product.browser.open();
  await signIn(page, product.service.url, "admin");

  await page.goto(`${product.service.url}/admin/network`);

  await seen(
    page.getByRole("heading", { name: "No STUN or TURN server is configured" }),
  );
  await seen(page.getByText("CW_TURN_SECRET"));
  equal(await page.getByRole("button", { name: /Test/ }).count(), 0);
  await checkAccess(page);
});

function rowOf(page: Page, url: string) {
  return page.getByRole("listitem").filter({
    has: page.getByRole("heading", { name: url, exact: true }),
  });
}

function textOf(page: Page, url: string): Promise<string> {
  return rowOf(page, url).innerText();
}
