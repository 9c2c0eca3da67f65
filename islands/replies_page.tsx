import { useMemo, useState } from "preact/hooks";
import { Pencil, Plus, Trash2 } from "lucide-preact";
import { fill, plural } from "@/lib/i18n/fill.ts";
import {
  SavedReplyClient,
  type SavedReplyView,
} from "@/lib/protocol/admin/saved_replies.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, IconButton } from "@/lib/ui/button.tsx";
import { NOT_TRANSLATED } from "@/lib/ui/not_translated.ts";
import { Badge, EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { TextInput } from "@/lib/ui/text_input.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { DeleteReply } from "@/components/replies/delete_reply.tsx";
import { ReplyDialog } from "@/components/replies/reply_dialog.tsx";
import { ReplyModel } from "@/components/replies/reply_model.ts";
import { languageName } from "@/components/widget_editor/language_name.ts";

export interface RepliesPageProps {
  language: Language;
  replies: SavedReplyView[];
  /** Tags of the languages to choose from. */
  languages: string[];
  /** The kinds of replies that the user can add and change. */
  can: { share: boolean; own: boolean };
}

/** The saved replies: search, add, edit, delete. */
function RepliesPage(props: RepliesPageProps) {
  const { language } = props;
  const model = useMemo(
    () =>
      new ReplyModel(props.replies, {
        client: new SavedReplyClient(),
        toasts: new ToastList(),
        ...language,
      }),
    [],
  );
  return (
    <LanguageProvider language={language}>
      <Ready>
        <Page {...props} model={model} />
      </Ready>
      <Toasts
        list={model.toasts}
        closeLabel={language.texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("replies-page", RepliesPage);

type Asked =
  | { what: "add" }
  | { what: "edit" | "delete"; reply: SavedReplyView }
  | undefined;

function Page(
  { model, can, languages }: RepliesPageProps & { model: ReplyModel },
) {
  const { texts: { replies: texts } } = useLanguage();
  const [asked, ask] = useState<Asked>();
  const close = () => ask(undefined);
  return (
    <>
      <PageHeader
        title={texts.title}
        lead={texts.lead}
        actions={
          <Button
            kind="primary"
            icon={<Plus size={16} aria-hidden="true" />}
            onClick={() => ask({ what: "add" })}
          >
            {texts.add}
          </Button>
        }
      />
      <div class="replies-page">
        {model.replies.value.length > 0 && <Search model={model} />}
        <Found {...{ model, can, ask }} />
      </div>
      {asked?.what === "add" && (
        <ReplyDialog {...{ model, can, languages }} onClose={close} />
      )}
      {asked?.what === "edit" && (
        <ReplyDialog
          {...{ model, can, languages }}
          reply={asked.reply}
          onClose={close}
        />
      )}
      {asked?.what === "delete" && (
        <DeleteReply {...{ model }} reply={asked.reply} onEnd={close} />
      )}
    </>
  );
}

function Search({ model }: { model: ReplyModel }) {
  const { texts: { replies: texts }, lang } = useLanguage();
  return (
    <div class="panel reply-search">
      <TextInput
        type="search"
        label={texts.search}
        placeholder={texts.searchHint}
        value={model.search.value}
        onText={(text) => model.search.value = text}
      />
      <p class="soft" role="status">
        {plural(texts.found, model.shown.value.length, lang)}
      </p>
    </div>
  );
}

interface FoundProps {
  model: ReplyModel;
  can: RepliesPageProps["can"];
  ask: (asked: Asked) => void;
}

function Found({ model, can, ask }: FoundProps) {
  const { texts: { replies: texts } } = useLanguage();
  const { shown, replies } = model;
  if (shown.value.length > 0) {
    return (
      <ul class="panel replies">
        {shown.value.map((reply) => (
          <Row key={reply.id} {...{ reply, can, ask }} />
        ))}
      </ul>
    );
  }
  const isEmpty = replies.value.length === 0;
  const empty = !can.own
    ? texts.emptyAdminText
    : can.share
    ? texts.emptyText
    : texts.emptyAgentText;
  return (
    <div class="panel">
      <EmptyState title={isEmpty ? texts.emptyTitle : texts.nothingTitle}>
        {isEmpty ? empty : texts.nothingText}
      </EmptyState>
    </div>
  );
}

function Row(
  { reply, can, ask }: Omit<FoundProps, "model"> & { reply: SavedReplyView },
) {
  const { texts: { replies: texts }, lang } = useLanguage();
  const { name, isShared } = reply;
  const canEdit = isShared ? can.share : can.own;
  return (
    <li class="reply">
      <div class="reply-name">
        <b dir="auto" {...NOT_TRANSLATED}>{name}</b>
        <span class="reply-marks">
          <Badge tone={isShared ? "accent" : "neutral"}>
            {isShared ? texts.shared : texts.personal}
          </Badge>
          <span class="soft">
            {reply.lang === ""
              ? texts.allLanguages
              : languageName(reply.lang, lang)}
          </span>
        </span>
      </div>
      <p class="reply-text" dir="auto" {...NOT_TRANSLATED}>{reply.text}</p>
      {canEdit && (
        <div class="reply-buttons">
          <IconButton
            label={fill(texts.editLabel, { name })}
            onClick={() => ask({ what: "edit", reply })}
          >
            <Pencil size={16} aria-hidden="true" />
          </IconButton>
          <IconButton
            kind="danger"
            label={fill(texts.deleteLabel, { name })}
            onClick={() => ask({ what: "delete", reply })}
          >
            <Trash2 size={16} aria-hidden="true" />
          </IconButton>
        </div>
      )}
    </li>
  );
}
