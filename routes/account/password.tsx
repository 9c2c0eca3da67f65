import { page } from "fresh";
import { asset, Head } from "fresh/runtime";
import * as v from "valibot";
import type { ComponentChildren } from "preact";
import { newPasswordTexts } from "@/components/admin/new_password_texts.ts";
import NewPassword from "@/islands/new_password.tsx";
import type { PasswordNotChanged } from "@/lib/admin/own_account.ts";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { problemText, reasonText } from "@/lib/i18n/admin/refusal_text.ts";
import { throttledText } from "@/lib/i18n/admin/throttled_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { Password } from "@/lib/model/account.ts";
import { PageHeader, StandaloneShell } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { readForm } from "@/lib/web/api_body.ts";
import { clientAddress } from "@/lib/web/client_address.ts";
import { homeOf } from "@/lib/web/home.ts";
import { sessionCookie, sessionToken } from "@/lib/web/session_cookie.ts";
import { accountOf, define } from "@/lib/web/state.ts";
import { wayBack } from "@/lib/web/way_back.ts";

interface Errors {
  current?: string;
  password?: string;
  repeat?: string;
  /** An error that belongs to no field. */
  all?: string;
}

interface Data {
  name: string;
  /** True if another person has set the password, so the user must change it
   * first. */
  isForced: boolean;
  next: string;
  errors: Errors;
}

/** The page where users change their own password, by choice or because they
 * must. */
export const handler = define.handlers({
  GET(ctx) {
    const account = accountOf(ctx.state);
    if (account.pbxUser !== undefined) return ctx.redirect("/account", 303);
    const next = ctx.url.searchParams.get("next") ?? "";
    return page(dataOf(account, next, {}));
  },
  async POST(ctx) {
    const account = accountOf(ctx.state);
    const { services, lang, secure } = ctx.state;
    const texts = ADMIN_LANGUAGES[lang];
    const form = await readForm(ctx.req);
    const [current = "", password = "", repeat = "", next = ""] = [
      "current",
      "password",
      "repeat",
      "next",
    ].map((key) => String(form.get(key) ?? ""));
    const errors = problemsOf({ current, password, repeat }, texts);
    if (errors !== undefined) {
      return page(dataOf(account, next, errors), { status: 400 });
    }
    const changed = await services.ownAccount.changePassword(account, {
      current,
      password,
      address: clientAddress(ctx.info),
      token: sessionToken(ctx.req, secure) ?? "",
    });
    if (!changed.ok) {
      const { error } = changed;
      if (error.reason === "of-pbx") return ctx.redirect("/account", 303);
      const data = dataOf(account, next, errorsOf(error, texts, lang));
      return page(data, refusal(error));
    }
    const to = account.mustChangePassword
      ? wayBack(next, ctx.url, homeOf(account))
      : "/account?changed";
    const response = ctx.redirect(to, 303);
    const cookie = sessionCookie(changed.value, secure);
    response.headers.append("set-cookie", cookie);
    return response;
  },
});

function dataOf(
  { name, mustChangePassword }: ReturnType<typeof accountOf>,
  next: string,
  errors: Errors,
): Data {
  return { name, isForced: mustChangePassword === true, next, errors };
}

/** Returns the errors of the form, without checking the current password. */
function problemsOf(
  { current, password, repeat }: Record<
    "current" | "password" | "repeat",
    string
  >,
  texts: AdminTexts,
): Errors | undefined {
  const errors: Errors = {};
  if (current === "") errors.current = problemText("must not be empty", texts);
  const parsed = v.safeParse(Password, password);
  if (!parsed.success) {
    errors.password = problemText(parsed.issues[0].message, texts);
  }
  if (repeat !== password) errors.repeat = texts.access.passwordsDiffer;
  return Object.keys(errors).length > 0 ? errors : undefined;
}

type Refused = Exclude<PasswordNotChanged, { reason: "of-pbx" }>;

function errorsOf(error: Refused, texts: AdminTexts, lang: string): Errors {
  switch (error.reason) {
    case "wrong":
      return { current: texts.ownAccount.wrongPassword };
    case "unavailable":
      return { all: reasonText("unavailable", texts) };
    case "same":
      return { password: texts.ownAccount.samePassword };
    case "throttled": {
      const seconds = error.retryAfterSeconds;
      return { all: throttledText(seconds, texts.access, lang) };
    }
  }
}

function refusal(error: Refused): { status: number; headers?: HeadersInit } {
  if (error.reason === "unavailable") return { status: 503 };
  if (error.reason !== "throttled") return { status: 400 };
  const seconds = String(error.retryAfterSeconds);
  return { status: 429, headers: { "retry-after": seconds } };
}

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  const { ownAccount: own, common } = texts;
  const title = data.isForced ? own.mustTitle : own.changePassword;
  const head = (
    <Head>
      <title>{`${title} · ${common.product}`}</title>
      <link key="account" rel="stylesheet" href={asset("/account.css")} />
    </Head>
  );
  if (!data.isForced) {
    return (
      <>
        {head}
        <PageHeader title={title} lead={own.passwordLead} />
        <section class="panel own-password">
          <PasswordForm data={data} texts={texts}>
            <ButtonLink href="/account">{common.cancel}</ButtonLink>
          </PasswordForm>
        </section>
      </>
    );
  }
  return (
    <StandaloneShell
      product={common.product}
      footer={
        <form method="post" action="/logout">
          <Button kind="quiet" type="submit">{common.signOut}</Button>
        </form>
      }
    >
      {head}
      <h1>{title}</h1>
      <p class="lead">{own.mustLead}</p>
      <PasswordForm data={data} texts={texts} />
    </StandaloneShell>
  );
});

function PasswordForm({ data, texts, children }: {
  data: Data;
  texts: AdminTexts;
  children?: ComponentChildren;
}) {
  const { access, ownAccount: own } = texts;
  const { errors: { all, current, password, repeat }, isForced } = data;
  return (
    <form
      class="form"
      method="post"
      action="/account/password"
      noValidate
    >
      {all && <Banner kind="danger" live>{all}</Banner>}
      <input type="hidden" name="next" value={data.next} />
      {/* Tells password managers whose password it is. */}
      <input
        name="username"
        autocomplete="username"
        value={data.name}
        readOnly
        hidden
      />
      <TextInput
        label={own.currentPassword}
        {...isForced && { hint: own.mustCurrentHint }}
        name="current"
        type="password"
        autocomplete="current-password"
        required
        autoFocus
        error={current}
      />
      <NewPassword
        errors={{
          ...password !== undefined && { password },
          ...repeat !== undefined && { repeat },
        }}
        texts={newPasswordTexts(access, own.newPassword)}
      />
      <div class="standalone-actions">
        <Button kind="primary" type="submit">{own.changePassword}</Button>
        {children}
      </div>
    </form>
  );
}
