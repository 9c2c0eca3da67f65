import { ok } from "node:assert/strict";
import * as v from "valibot";
import { Pbx } from "@/lib/admin/pbx.ts";
import { AppPassword } from "@/lib/pbx/password/app_password.ts";
import { SecretBox } from "@/lib/pbx/password/secret_box.ts";
import { PbxBank } from "@/lib/pbx/pbx_bank.ts";
import { MyAppsChallenge } from "@/lib/protocol/admin/my_apps.ts";
import { pagesApp } from "./pages_app.ts";
import { turns } from "./simulated_pbx/in_memory.ts";
import { SimulatedPbx } from "./simulated_pbx/simulated_pbx.ts";
import { type PbxUserOptions, userLogin } from "./simulated_pbx/user_login.ts";
import { memoryWire } from "./simulated_pbx/wire.ts";

const HERE = "https://widgets.example.com";
/** The address of myApps in the settings. */
const MYAPPS = "https://pbx.example.com";

/** A service with an App password, reached over TLS; users sign in by myApps. */
export async function openMyAppsProduct(password = "s3cret", kv?: Deno.Kv) {
  const banks: PbxBank[] = [];
  const app = await pagesApp({
    origin: HERE,
    ...(kv && { kv }),
    pbx: async ({ clock, presences, settings }) => {
      const own = new AppPassword(
        await SecretBox.withText("key"),
        settings,
        password,
      );
      const bank = new PbxBank({
        clock,
        cache: presences,
        password: () => own.get(),
      });
      banks.push(bank);
      return new Pbx(bank, own, { path: "/widgets", origins: [MYAPPS] });
    },
  });
  const product = {
    app,
    askChallenge: (from: string) => app.send("/myapps/challenge", {}, { from }),
    async challenge(): Promise<string> {
      const response = await product.askChallenge("192.0.2.1");
      return v.parse(MyAppsChallenge, await response.json()).challenge;
    },
    post: (challenge: string, login: string) =>
      app.send("/myapps/sign-in", { challenge, login, lang: "de" }),
    async signIn(user: Partial<PbxUserOptions> = {}) {
      const challenge = await product.challenge();
      const response = await product.post(
        challenge,
        userLogin(challenge, user),
      );
      return { response, status: response.status, cookie: cookieOf(response) };
    },
    async refusals() {
      return (await app.services.pbx?.view(HERE))?.refusals ?? [];
    },
    async link(): Promise<void> {
      const [bank] = banks;
      ok(bank);
      await new SimulatedPbx(
        memoryWire((socket, peer) => bank.accept(socket, peer)),
      ).connect();
      await turns();
    },
    [Symbol.dispose](): void {
      for (const bank of banks) bank[Symbol.dispose]();
      app[Symbol.dispose]();
    },
  };
  return product;
}

/** Returns the cookie that a browser would send back. */
function cookieOf(response: Response): string {
  return response.headers.getSetCookie()
    .map((cookie: string) => cookie.split(";")[0]).join("; ");
}
