import { equal, match, ok } from "node:assert/strict";
import { checkAccess } from "../support/axe.ts";
import { openBrowser } from "../support/browser.ts";
import { type MyAppsClient, serveMyApps } from "../support/my_apps_client.ts";
import { makeCertificate } from "../support/proxy.ts";
import { startService } from "../support/service.ts";
import { press, seen } from "@/tests/support/seen.ts";

Deno.test("opening the App in myApps signs in an administrator, in a frame of another site", async () => {
  await using product = await openProduct();
  const { page, errors } = product;
  product.myApps.app.sip = "atlantis";
  product.myApps.app.name = "Käthe <Atlantis> & Co";

  await page.goto(product.myApps.origin);
  const app = page.frameLocator("iframe");
  await seen(app.getByRole("heading", { level: 1, name: "Widgets" }));
  equal(await app.locator("html").getAttribute("lang"), "de");
  await press(app.getByRole("link", { name: "Personen" }));
  await seen(app.getByText("Meldet sich mit myApps an, über die PBX"));
  await seen(
    app.getByRole("main").getByText("Käthe <Atlantis> & Co").first(),
  );
  match(product.myApps.asked[0] ?? "", /^\{"mt":"getLogin","app":/);

  // What is changed there is changed: the frame's cookie goes along.
  await press(app.getByRole("link", { name: "Widgets", exact: true }));
  await press(app.locator("summary", { hasText: "Käthe" }));
  await press(app.getByRole("button", { name: "Dunkel" }));
  const changed = app.locator('html[data-theme="dark"] .ready:enabled button');
  await seen(changed.filter({ visible: true }).first());
  await app.locator('form[action="/logout"]')
    .evaluate((form) => (form as HTMLFormElement).requestSubmit());
  await seen(app.getByText("Sie sind abgemeldet."));
  await press(app.getByRole("button", { name: "Erneut anmelden" }));
  await seen(app.getByRole("heading", { level: 1, name: "Widgets" }));
  equal(product.myApps.asked.length, 2);
  ok(!errors.some((text) => /Content Security Policy/.test(text)), `${errors}`);
});

Deno.test("a rejected login is reported in the frame and can be retried", async () => {
  await using product = await openProduct();
  const { page, myApps } = product;
  myApps.app.sip = "atlantis";
  myApps.app.password = "another";

  await page.goto(myApps.origin);
  const app = page.frameLocator("iframe");
  await seen(app.getByText("nicht mit dem Passwort dieser App"));
  myApps.app.refusal = "no such app";
  await press(app.getByRole("button", { name: "Erneut anmelden" }));
  await seen(app.getByText("abgelehnt: no such app."));
  delete myApps.app.refusal;
  myApps.app.password = "s3cret";
  await press(app.getByRole("button", { name: "Erneut anmelden" }));

  await seen(app.getByRole("heading", { level: 1, name: "Widgets" }));
});

Deno.test("no page of another origin can frame the App, and outside a frame it leads to the sign-in", async () => {
  await using product = await openProduct();
  const { page, errors } = product;
  await using foreign = serveMyApps(product.certificate);
  foreign.app.url = product.myApps.app.url;
  foreign.app.sip = "atlantis";

  const blocked = page.waitForEvent("console", {
    predicate: (message) => /frame-ancestors/.test(message.text()),
  });
  await page.goto(foreign.origin);
  await blocked;
  ok(errors.some((text) => /frame-ancestors/.test(text)), `${errors}`);
  equal(foreign.asked.length, 0);

  await page.goto(product.myApps.app.url);
  await seen(page.getByText("Sie wurde außerhalb von myApps geöffnet"));
  await checkAccess(page);
  await press(page.getByRole("link", { name: "Zur Anmeldung" }));
  await seen(page.getByLabel("Sign-in name"));
});

/** The service over TLS, the client of its PBX, and a browser at that client. */
async function openProduct() {
  await using stack = new AsyncDisposableStack();
  const folder = await Deno.makeTempDir({ prefix: "widgets-tls-" });
  stack.defer(() => Deno.remove(folder, { recursive: true }));
  const cert = await makeCertificate(folder, "127.0.0.1");
  const key = await Deno.readTextFile(`${folder}/key.pem`);
  const certificate = { cert, key };
  const myApps: MyAppsClient = stack.use(serveMyApps(certificate));
  const service = stack.use(
    await startService({
      args: [
        "--pbx-password=s3cret",
        `--pbx-origins=${myApps.origin}`,
        `--tls-cert=${folder}/cert.pem`,
        `--tls-key=${folder}/key.pem`,
      ],
    }),
  );
  myApps.app.url = `${service.url}/widgets/innovaphone-widgets?lang=de`;
  const browser = stack.use(await openBrowser());
  const { page, errors } = await browser.open({ ignoreHTTPSErrors: true });
  const all = stack.move();
  return {
    myApps,
    certificate,
    service,
    page,
    errors,
    [Symbol.asyncDispose]: () => all.disposeAsync(),
  };
}
