import { fill, plural } from "@/lib/i18n/fill.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import type { Role } from "@/lib/model/account.ts";
import type { AuditEntry } from "@/lib/model/audit.ts";
import type { Language } from "../admin/language.tsx";
import { scopeText } from "../tokens/scope_text.ts";

/** One change in words. */
export interface Words {
  /** The sentence with `{author}` and `{name}`, which are rendered
   * separately. */
  sentence: string;
  author: string;
  name: string;
  /** Further details; may be empty. */
  detail: string;
}

/** Describes a change in the reader's language. */
export function wordsOf(entry: AuditEntry, language: Language): Words {
  const { audit: texts } = language.texts;
  const { by, change } = entry;
  return {
    sentence: sentenceOf(entry, texts),
    author: by.name || texts.service,
    name: ("name" in change && change.name) || texts.unnamed,
    detail: detailOf(entry, language),
  };
}

function sentenceOf(
  { by, change }: AuditEntry,
  texts: AdminTexts["audit"],
): string {
  switch (change.type) {
    case "person-created":
    case "person-saved":
    case "person-deleted": {
      const isOwn = change.account === by.id;
      return (isOwn ? texts.own : texts.changes)[change.type];
    }
    case "contacts-deleted":
      return change.what === "messages"
        ? texts.messagesDeleted
        : texts.changes[change.type];
    default:
      return texts.changes[change.type];
  }
}

function detailOf({ change }: AuditEntry, language: Language): string {
  const { audit: texts } = language.texts;
  switch (change.type) {
    case "widget-saved":
      return fill(texts.version, { version: change.version });
    case "widget-restored":
      return fill(texts.restored, {
        version: change.version,
        from: change.from,
      });
    case "person-created":
      return rolesText(change.roles, language);
    case "person-saved": {
      const roles = rolesText(change.roles, language);
      return change.changed
        .map((part) => fill(texts.changed[part], { roles }))
        .join(" · ");
    }
    case "contacts-deleted":
      return plural(
        change.what === "messages" ? texts.messages : texts.contacts,
        change.count,
        language.lang,
      );
    case "visitor-blocked": {
      const time = language.texts.blocks.form.times[change.for];
      return [time, ...change.network ? [texts.blockedNetwork] : []]
        .join(" · ");
    }
    case "token-created":
      return change.scopes
        .map((scope) => scopeText(scope, language.texts))
        .join(" · ");
    default:
      return "";
  }
}

function rolesText(
  roles: readonly Role[],
  { lang, texts: { people } }: Language,
): string {
  return new Intl.ListFormat(lang, { type: "conjunction" })
    .format(roles.map((role) => people[role]));
}
