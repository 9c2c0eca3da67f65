import { useState } from "preact/hooks";
import { Check, Mail, Phone, RotateCcw, Trash2 } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { ConfirmDialog, Dialog } from "@/lib/ui/dialog.tsx";
import { Fact } from "@/lib/ui/fact.tsx";
import { Banner } from "@/lib/ui/notices.tsx";
import { useLanguage } from "@/components/admin/language.tsx";
import { momentText } from "../contacts/contact_words.ts";
import { callbackText } from "./callback_text.ts";
import { Assignee } from "./assignee.tsx";
import type { MessageProps } from "./message_props.ts";
import { addressee } from "./message_row.tsx";
import { Notes } from "./notes.tsx";
import { replyHref } from "./reply_links.ts";

/** One message with everything that can be done with it. */
export function MessageDialog(props: MessageProps) {
  const { list, message } = props;
  const { texts: { messages: texts, common } } = useLanguage();
  const [isDeleting, askToDelete] = useState(false);
  const { number } = message;
  if (isDeleting) {
    return (
      <ConfirmDialog
        danger
        busy={list.isBusy.value}
        title={texts.deleteTitle}
        confirm={texts.deleteConfirm}
        cancel={common.cancel}
        onConfirm={async () => {
          await list.delete();
          askToDelete(false);
        }}
        onCancel={() => askToDelete(false)}
      >
        <p>{fill(texts.deleteText, { number })}</p>
      </ConfirmDialog>
    );
  }
  return (
    <Dialog
      title={fill(texts.view, { number })}
      closeLabel={common.close}
      onClose={() => list.close()}
      footer={<Footer {...props} onDelete={() => askToDelete(true)} />}
    >
      {list.failure.value !== "" && (
        <Banner kind="danger" live>{list.failure.value}</Banner>
      )}
      <p class="message-text" dir="auto">{message.text}</p>
      <Facts {...props} />
      <Assignee {...props} />
      <Notes {...props} />
    </Dialog>
  );
}

function Footer(
  { list, message, zone, isAdmin, onDelete }: MessageProps & {
    onDelete: () => void;
  },
) {
  const { texts: { messages: texts }, lang } = useLanguage();
  const { number, at } = message;
  const time = momentText(at, { lang, zone });
  const reply = replyHref(message, {
    subject: fill(texts.subject, { number }),
    quoted: fill(texts.quoted, { time }),
  });
  const isDone = message.state === "done";
  const Icon = isDone ? RotateCcw : Check;
  return (
    <>
      {isAdmin && (
        <Button
          kind="quiet"
          icon={<Trash2 size={16} aria-hidden="true" />}
          onClick={onDelete}
        >
          {texts.delete}
        </Button>
      )}
      <Button
        busy={list.isBusy.value}
        icon={<Icon size={16} aria-hidden="true" />}
        onClick={() => void list.finish(isDone ? "open" : "done")}
      >
        {isDone ? texts.reopen : texts.finish}
      </Button>
      {reply && (
        <ButtonLink
          kind="primary"
          href={reply.href}
          icon={reply.kind === "email"
            ? <Mail size={16} aria-hidden="true" />
            : <Phone size={16} aria-hidden="true" />}
        >
          {reply.kind === "email" ? texts.reply : texts.call}
        </ButtonLink>
      )}
    </>
  );
}

function Facts({ message, names, zone }: MessageProps) {
  const { texts: { messages: texts }, lang } = useLanguage();
  const { page } = message;
  return (
    <dl class="message-facts">
      <Fact name={texts.replyTo}>
        {message.name !== "" && (
          <>
            <bdi>{message.name}</bdi>
            <br />
          </>
        )}
        <bdi>{message.reply}</bdi>
      </Fact>
      {message.callback && (
        <Fact name={texts.callback}>
          {callbackText(message.callback, { texts, lang, zone })}
        </Fact>
      )}
      <Fact name={texts.received}>
        {momentText(message.at, { lang, zone })}
      </Fact>
      <Fact name={texts.to}>
        <bdi>{addressee(message, names) ?? texts.nobody}</bdi>
      </Fact>
      <Fact name={texts.widget}>
        <bdi>{names.widget(message.widget) ?? texts.deletedWidget}</bdi>
      </Fact>
      <Fact name={texts.language}>
        {new Intl.DisplayNames(lang, { type: "language" }).of(message.lang)}
      </Fact>
      {page && page.url !== "" && (
        <Fact name={texts.page}>
          <a href={page.url} target="_blank" rel="noopener noreferrer">
            <bdi>{page.title || page.url}</bdi>
          </a>
        </Fact>
      )}
      {message.consent !== undefined && (
        <Fact name={texts.consent}>
          <code>{message.consent}</code>
        </Fact>
      )}
    </dl>
  );
}
