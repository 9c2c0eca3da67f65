import { HttpError } from "fresh";
import { Head } from "fresh/runtime";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { StandaloneShell } from "@/lib/ui/app_shell.tsx";
import { ButtonLink } from "@/lib/ui/button.tsx";
import { define } from "@/lib/web/state.ts";

export const config = { skipInheritedLayouts: true };

/** The error page: the error, and a link to continue. */
export default define.page(({ error, state }) => {
  // An error before the state was created has no texts.
  const texts = ADMIN_LANGUAGES[state.lang ?? "en"];
  const status = error instanceof HttpError ? error.status : 500;
  const { title, text } = wordsFor(status, texts);
  const isAgent = state.account?.roles.includes("agent") ?? false;
  const toDesk = status === 403 && isAgent;
  return (
    <StandaloneShell product={texts.common.product}>
      <Head>
        <title>{`${title} · ${texts.common.product}`}</title>
      </Head>
      <p class="status-code">{status}</p>
      <h1>{title}</h1>
      <p class="soft">{text}</p>
      <div class="standalone-actions">
        <ButtonLink kind="primary" href={toDesk ? "/desk" : "/"}>
          {toDesk ? texts.pages.toDesk : texts.pages.toStart}
        </ButtonLink>
        {status === 403 && (
          <form method="post" action="/logout">
            <button class="button button-plain button-medium" type="submit">
              {texts.common.signOut}
            </button>
          </form>
        )}
      </div>
    </StandaloneShell>
  );
});

function wordsFor(
  status: number,
  { pages: texts, refusals }: AdminTexts,
): { title: string; text: string } {
  if (status === 404) {
    return { title: texts.notFoundTitle, text: texts.notFound };
  }
  if (status === 403) {
    return { title: texts.forbiddenTitle, text: texts.forbidden };
  }
  // The service has no other 503 than a store that fails.
  if (status === 503) {
    return { title: texts.failedTitle, text: refusals.reasons.unavailable };
  }
  if (status >= 500) return { title: texts.failedTitle, text: texts.failed };
  return { title: texts.refusedTitle, text: fill(texts.refused, { status }) };
}
