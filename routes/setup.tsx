import { page } from "fresh";
import { Head } from "fresh/runtime";
import * as v from "valibot";
import { newPasswordTexts } from "@/components/admin/new_password_texts.ts";
import NewPassword from "@/islands/new_password.tsx";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import { problemText } from "@/lib/i18n/admin/refusal_text.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { AccountContent, Password } from "@/lib/model/account.ts";
import { StandaloneShell } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { readForm } from "@/lib/web/api_body.ts";
import { sessionCookie } from "@/lib/web/session_cookie.ts";
import { define } from "@/lib/web/state.ts";

export const config = { skipInheritedLayouts: true };

const First = v.object({
  name: AccountContent.entries.name,
  displayName: AccountContent.entries.displayName,
  password: Password,
});

type Field = "name" | "displayName" | "password" | "repeat";

type Data =
  /** The link was used, has expired, or never existed. */
  | { state: "void" }
  | {
    state: "open";
    token: string;
    name: string;
    displayName: string;
    errors: { [F in Field]?: string };
  };

const EMPTY = { name: "", displayName: "", errors: {} };

export const handler = define.handlers({
  async GET(ctx) {
    const token = ctx.url.searchParams.get("token") ?? "";
    const isOpen = await ctx.state.services.setup.isOpen(token);
    const data: Data = isOpen
      ? { state: "open", token, ...EMPTY }
      : { state: "void" };
    return page(data, { status: isOpen ? 200 : 410, headers: PRIVATE });
  },
  async POST(ctx) {
    const { services, lang, secure } = ctx.state;
    const form = await readForm(ctx.req);
    const [
      token = "",
      name = "",
      displayName = "",
      password = "",
      repeat = "",
    ] = ["token", "name", "displayName", "password", "repeat"]
      .map((key) => String(form.get(key) ?? ""));
    const given = { name, displayName, password };
    const checked = check({ ...given, repeat }, ADMIN_LANGUAGES[lang]);
    if (!checked.ok) {
      const { errors } = checked;
      const data: Data = { state: "open", token, name, displayName, errors };
      return page(data, { status: 400, headers: PRIVATE });
    }
    const made = await services.setup.use(token, checked.person);
    if (!made.ok) {
      const data: Data = { state: "void" };
      return page(data, { status: 410, headers: PRIVATE });
    }
    await services.examples.adopt(made.value);
    const session = await services.sessions.open(made.value.id);
    const response = ctx.redirect("/admin", 303);
    response.headers.append("set-cookie", sessionCookie(session, secure));
    return response;
  },
});

/** The address contains a secret, so it must not be sent as a referrer or
 * cached. */
const PRIVATE = {
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
};

function check(
  { repeat, ...given }: Record<Field, string>,
  texts: AdminTexts,
):
  | { ok: true; person: v.InferOutput<typeof First> }
  | { ok: false; errors: { [F in Field]?: string } } {
  const parsed = v.safeParse(First, given);
  const errors: { [F in Field]?: string } = {};
  for (const issue of parsed.issues ?? []) {
    const field = issue.path?.[0]?.key;
    if (field === "name" || field === "displayName" || field === "password") {
      errors[field] ??= problemText(issue.message, texts);
    }
  }
  if (repeat !== given.password) errors.repeat = texts.access.passwordsDiffer;
  return parsed.success && errors.repeat === undefined
    ? { ok: true, person: parsed.output }
    : { ok: false, errors };
}

export default define.page<typeof handler>(({ data, state: { lang } }) => {
  const texts = ADMIN_LANGUAGES[lang];
  const { access, common } = texts;
  const title = data.state === "open"
    ? access.setupTitle
    : access.linkDeadTitle;
  return (
    <StandaloneShell product={common.product}>
      <Head>
        <title>{`${title} · ${common.product}`}</title>
      </Head>
      <h1>{title}</h1>
      {data.state === "open"
        ? <SetupForm data={data} texts={texts} />
        : <VoidLink texts={access} />}
    </StandaloneShell>
  );
});

function SetupForm({ data, texts: { access } }: {
  data: Data & { state: "open" };
  texts: AdminTexts;
}) {
  const { password, repeat } = data.errors;
  const focus = fieldToFill(data.errors);
  return (
    <>
      <p class="lead">{access.setupLead}</p>
      <form method="post" action="/setup">
        <input type="hidden" name="token" value={data.token} />
        <TextInput
          label={access.setupName}
          hint={access.setupNameHint}
          name="name"
          autocomplete="username"
          spellcheck={false}
          required
          autoFocus={focus === "name"}
          value={data.name}
          error={data.errors.name}
        />
        <TextInput
          label={access.displayName}
          hint={access.displayNameHint}
          name="displayName"
          autocomplete="name"
          required
          autoFocus={focus === "displayName"}
          value={data.displayName}
          error={data.errors.displayName}
        />
        <NewPassword
          autoFocus={focus === "password"}
          errors={{
            ...(password === undefined ? {} : { password }),
            ...(repeat === undefined ? {} : { repeat }),
          }}
          texts={newPasswordTexts(access, access.password)}
        />
        <Button kind="primary" type="submit">{access.create}</Button>
      </form>
    </>
  );
}

/** Returns the first field that has to be filled in. No response contains the
 * passwords, so both are typed again after any error. */
function fieldToFill(errors: { [F in Field]?: string }): Field {
  if (errors.name !== undefined || Object.keys(errors).length === 0) {
    return "name";
  }
  return errors.displayName === undefined ? "password" : "displayName";
}

function VoidLink({ texts }: { texts: AdminTexts["access"] }) {
  return (
    <>
      <p>{texts.linkDead}</p>
      <p class="soft">{texts.linkDeadHelp}</p>
      <ButtonLink kind="primary" href="/login">{texts.toSignIn}</ButtonLink>
    </>
  );
}
