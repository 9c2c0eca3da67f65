import { page } from "fresh";
import { Head } from "fresh/runtime";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { throttledText } from "@/lib/i18n/admin/throttled_text.ts";
import type { Credentials, NotSignedIn } from "@/lib/admin/sign_in.ts";
import { ok, type Result } from "@/lib/base/result.ts";
import type { Account } from "@/lib/model/account.ts";
import { StandaloneShell } from "@/lib/ui/app_shell.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { readForm } from "@/lib/web/api_body.ts";
import { clientAddress } from "@/lib/web/client_address.ts";
import { isInFrame } from "@/lib/web/frames.ts";
import { homeOf } from "@/lib/web/home.ts";
import { sessionCookie } from "@/lib/web/session_cookie.ts";
import type { Services } from "@/lib/web/services.ts";
import { define } from "@/lib/web/state.ts";
import { ifAvailable } from "@/lib/web/store_faults.ts";
import { wayBack } from "@/lib/web/way_back.ts";

export const config = { skipInheritedLayouts: true };

interface Data {
  next: string;
  /** The submitted name, if the sign-in failed. */
  name: string;
  notice?: Refused | { reason: "signed-out" };
}

/** The store fails, so no one can sign in. */
type Refused = NotSignedIn | { reason: "unavailable" };

export const handler = define.handlers({
  GET(ctx) {
    const { account } = ctx.state;
    const { searchParams, search } = ctx.url;
    if (isInFrame(ctx.req)) return ctx.redirect(`/myapps${search}`, 303);
    const next = searchParams.get("next") ?? "";
    if (account !== undefined) {
      return ctx.redirect(wayBack(next, ctx.url, homeOf(account)), 303);
    }
    const data: Data = { next, name: "" };
    return page(
      searchParams.has("out")
        ? { ...data, notice: { reason: "signed-out" } as const }
        : data,
    );
  },
  async POST(ctx) {
    const { services, secure } = ctx.state;
    const form = await readForm(ctx.req);
    const [name, password, next] = ["name", "password", "next"]
      .map((key) => String(form.get(key) ?? ""));
    const signedIn = await ifAvailable(
      ctx.req,
      () =>
        signIn(services, {
          name: name ?? "",
          password: password ?? "",
          address: clientAddress(ctx.info),
        }),
    );
    const tried = signedIn.ok ? signedIn.value : signedIn;
    if (!tried.ok) {
      const data: Data = {
        name: name ?? "",
        next: next ?? "",
        notice: tried.error,
      };
      return page(data, refusal(tried.error));
    }
    const { account, token } = tried.value;
    const to = wayBack(next, ctx.url, homeOf(account));
    const response = ctx.redirect(to, 303);
    response.headers.append("set-cookie", sessionCookie(token, secure));
    return response;
  },
});

async function signIn(
  services: Services,
  credentials: Credentials,
): Promise<Result<{ account: Account; token: string }, NotSignedIn>> {
  const tried = await services.signIn.try(credentials);
  if (!tried.ok) return tried;
  const account = tried.value;
  return ok({ account, token: await services.sessions.open(account.id) });
}

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const { access: texts, common } = ADMIN_LANGUAGES[lang];
  const { notice } = data;
  return (
    <StandaloneShell product={common.product}>
      <Head>
        <title>{`${texts.signInTitle} · ${common.product}`}</title>
      </Head>
      <h1>{texts.signInTitle}</h1>
      {notice && (
        <Banner kind={notice.reason === "signed-out" ? "info" : "danger"} live>
          {noticeText(notice, ADMIN_LANGUAGES[lang], lang)}
        </Banner>
      )}
      <form method="post" action="/login">
        <input type="hidden" name="next" value={data.next} />
        <TextInput
          label={texts.name}
          name="name"
          autocomplete="username"
          spellcheck={false}
          required
          autoFocus={data.name === ""}
          value={data.name}
        />
        <TextInput
          label={texts.password}
          name="password"
          type="password"
          autocomplete="current-password"
          required
          autoFocus={data.name !== ""}
        />
        <Button kind="primary" type="submit">{texts.signIn}</Button>
      </form>
      {/* Always there, so a stranger does not learn if there is an account. */}
      <p class="soft">{texts.firstStart}</p>
    </StandaloneShell>
  );
});

function noticeText(
  notice: NonNullable<Data["notice"]>,
  texts: AdminTexts,
  lang: string,
): string {
  const { access } = texts;
  switch (notice.reason) {
    case "signed-out":
      return access.signedOut;
    case "wrong":
      return access.wrong;
    case "throttled":
      return throttledText(notice.retryAfterSeconds, access, lang);
    case "unavailable":
      return reasonText("unavailable", texts);
  }
}

function refusal(error: Refused): { status: number; headers?: HeadersInit } {
  if (error.reason === "unavailable") return { status: 503 };
  if (error.reason === "wrong") return { status: 401 };
  const seconds = String(error.retryAfterSeconds);
  return { status: 429, headers: { "retry-after": seconds } };
}
