import { useMemo, useState } from "preact/hooks";
import { ArrowLeft, KeyRound } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { TokenView } from "@/lib/protocol/admin/tokens.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { Badge, Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import { CopyBox } from "@/components/admin/copy_box.tsx";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";
import { momentText } from "@/components/contacts/contact_words.ts";
import { RevokeToken } from "@/components/tokens/revoke_token.tsx";
import { scopeText } from "@/components/tokens/scope_text.ts";
import { TokenDialog } from "@/components/tokens/token_dialog.tsx";
import { TokenModel } from "@/components/tokens/token_model.ts";

export interface TokensPageProps {
  language: Language;
  tokens: TokenView[];
}

/** The tokens of programs: create, look at, revoke. */
function TokensPage({ language, tokens }: TokensPageProps) {
  const { texts } = language;
  const model = useMemo(
    () =>
      new TokenModel(tokens, {
        client: new AdminClient(),
        toasts: new ToastList(),
        texts,
      }),
    [],
  );
  return (
    <LanguageProvider language={language}>
      <Ready>
        <List model={model} />
      </Ready>
      <Toasts list={model.toasts} closeLabel={texts.common.close} />
    </LanguageProvider>
  );
}

export default withOwnIds("tokens-page", TokensPage);

type Asked = { what: "add" } | { what: "revoke"; token: TokenView } | undefined;

function List({ model }: { model: TokenModel }) {
  const { texts: { tokens: texts } } = useLanguage();
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  const all = model.tokens.value;
  return (
    <>
      <Header onAdd={() => ask({ what: "add" })} />
      <Created model={model} />
      {all.length === 0
        ? (
          <div class="panel">
            <EmptyState title={texts.emptyTitle}>{texts.emptyText}</EmptyState>
          </div>
        )
        : (
          <ul class="panel contacts">
            {all.map((token) => (
              <Row
                key={token.id}
                token={token}
                onRevoke={() => ask({ what: "revoke", token })}
              />
            ))}
          </ul>
        )}
      {asked?.what === "add" && <TokenDialog model={model} onClose={close} />}
      {asked?.what === "revoke" && (
        <RevokeToken model={model} token={asked.token} onEnd={close} />
      )}
    </>
  );
}

function Header({ onAdd }: { onAdd: () => void }) {
  const { texts: { tokens: texts } } = useLanguage();
  return (
    <PageHeader
      title={texts.title}
      lead={texts.lead}
      actions={
        <>
          <ButtonLink
            href="/admin/people"
            icon={<ArrowLeft size={16} aria-hidden="true" class="turns" />}
          >
            {texts.back}
          </ButtonLink>
          <Button
            kind="primary"
            icon={<KeyRound size={16} aria-hidden="true" />}
            onClick={onAdd}
          >
            {texts.add}
          </Button>
        </>
      }
    />
  );
}

/** The text of a new token. No page shows it again, so it stays until the
 * administrator closes it. */
function Created({ model }: { model: TokenModel }) {
  const { texts: { tokens: texts, common } } = useLanguage();
  const created = model.created.value;
  if (created === undefined) return null;
  const { name } = created.token;
  return (
    <div class="handover">
      <Banner
        kind="good"
        live
        actions={
          <Button size="small" onClick={() => model.closeCreated()}>
            {common.close}
          </Button>
        }
      >
        <p>{fill(texts.handover, { name })}</p>
        <CopyBox
          key={created.text}
          text={created.text}
          label={fill(texts.handoverLabel, { name })}
          button={texts.copy}
        />
      </Banner>
    </div>
  );
}

/** One token: its permissions, its creator, its use and its expiry. */
function Row({ token, onRevoke }: { token: TokenView; onRevoke: () => void }) {
  const { texts, lang } = useLanguage();
  const { tokens } = texts;
  const zone = useTimeZone();
  const { name, by, createdAt, usedAt, expiresAt, state } = token;
  const at = (time: number) => momentText(time, { lang, zone });
  return (
    <li class="block">
      <div class="contact-who">
        <b>
          <bdi>{name}</bdi>
        </b>
        <span class="soft">
          {token.scopes.map((scope) => scopeText(scope, texts)).join(" · ")}
        </span>
        {state !== "active" && (
          <span>
            <Badge tone="warning">{tokens[state]}</Badge>
            {state === "disabled" && (
              <span class="soft">
                {" "}
                {fill(tokens.disabledHint, { name: by })}
              </span>
            )}
          </span>
        )}
      </div>
      <div class="contact-who">
        <span>
          {usedAt === undefined
            ? tokens.unused
            : fill(tokens.used, { time: at(usedAt) })}
          {" · "}
          {expiresAt === undefined
            ? tokens.expiresNever
            : fill(tokens.expires, { time: at(expiresAt) })}
        </span>
        <span class="soft">
          {fill(tokens.created, { name: by, time: at(createdAt) })}
        </span>
      </div>
      <Button
        size="small"
        aria-label={fill(tokens.revokeLabel, { name })}
        onClick={onRevoke}
      >
        {tokens.revoke}
      </Button>
    </li>
  );
}
