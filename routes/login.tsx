import { page } from "fresh";
import { Head } from "fresh/runtime";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { throttledText } from "@/lib/i18n/admin/throttled_text.ts";
import type { NotSignedIn } from "@/lib/admin/sign_in.ts";
import { DoorShell } from "@/lib/ui/app_shell.tsx";
import { Button } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { readForm } from "@/lib/web/api_body.ts";
import { isInFrame } from "@/lib/web/frames.ts";
import { homeOf } from "@/lib/web/home.ts";
import { sessionCookie } from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";
import { wayBack } from "@/lib/web/way_back.ts";

export const config = { skipInheritedLayouts: true };

interface Data {
  next: string;
  /** The submitted name, if the sign-in failed. */
  name: string;
  notice?: NotSignedIn | { reason: "signed-out" };
}

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
    const { remoteAddr } = ctx.info;
    const form = await readForm(ctx.req);
    const [name, password, next] = ["name", "password", "next"]
      .map((key) => String(form.get(key) ?? ""));
    const tried = await services.signIn.try({
      name: name ?? "",
      password: password ?? "",
      address: "hostname" in remoteAddr ? remoteAddr.hostname : "",
    });
    if (!tried.ok) {
      const data: Data = {
        name: name ?? "",
        next: next ?? "",
        notice: tried.error,
      };
      return page(data, refusal(tried.error));
    }
    const token = await services.sessions.open(tried.value.id);
    const to = wayBack(next, ctx.url, homeOf(tried.value));
    const response = ctx.redirect(to, 303);
    response.headers.append("set-cookie", sessionCookie(token, secure));
    return response;
  },
});

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const { access: texts, common } = ADMIN_LANGUAGES[lang];
  const { notice } = data;
  return (
    <DoorShell product={common.product}>
      <Head>
        <title>{`${texts.signInTitle} · ${common.product}`}</title>
      </Head>
      <h1>{texts.signInTitle}</h1>
      {notice && (
        <Banner kind={notice.reason === "signed-out" ? "info" : "danger"} live>
          {noticeText(notice, texts, lang)}
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
    </DoorShell>
  );
});

function noticeText(
  notice: NonNullable<Data["notice"]>,
  texts: AdminTexts["access"],
  lang: string,
): string {
  switch (notice.reason) {
    case "signed-out":
      return texts.signedOut;
    case "wrong":
      return texts.wrong;
    case "throttled":
      return throttledText(notice.retryAfterSeconds, texts, lang);
  }
}

function refusal(
  error: NotSignedIn,
): { status: number; headers?: HeadersInit } {
  if (error.reason === "wrong") return { status: 401 };
  const seconds = String(error.retryAfterSeconds);
  return { status: 429, headers: { "retry-after": seconds } };
}
