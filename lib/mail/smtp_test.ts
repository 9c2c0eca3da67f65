import { equal, match } from "node:assert/strict";
import { startRefusingSmtp, startSmtp } from "@/tests/support/smtp_server.ts";
import { smtpError } from "./smtp.ts";

Deno.test("[MAIL1] smtpError() returns why a server can't be used, and nothing if it can", async () => {
  await using server = await startSmtp();
  using refusing = startRefusingSmtp("AUTH", "535 Wrong password");

  const good = await smtpError(server.url);
  const refused = await smtpError(refusing.url);
  await server.stop();
  const away = await smtpError(server.url);

  equal(good, undefined);
  match(refused ?? "", /535 Wrong password/);
  match(away ?? "", /ECONNREFUSED/);
  equal((await server.received()).length, 0);
});
