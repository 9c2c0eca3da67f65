import { useMemo } from "preact/hooks";
import { ArrowLeft } from "lucide-preact";
import { fill } from "@/lib/i18n/fill.ts";
import type { BlockView } from "@/lib/protocol/admin/blocks.ts";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Button, ButtonLink } from "@/lib/ui/button.tsx";
import { EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { Ready } from "@/components/admin/ready.tsx";
import { useTimeZone } from "@/components/admin/time_zone.ts";
import { BlockedList } from "@/components/blocks/blocked_list.ts";
import { momentText } from "@/components/contacts/contact_words.ts";
import { type KnownWidget, Names } from "@/components/contacts/names.ts";

export interface BlocksPageProps {
  language: Language;
  blocks: BlockView[];
  widgets: KnownWidget[];
}

/** The blocked visitors, who can be unblocked. */
function BlocksPage({ language, blocks, widgets }: BlocksPageProps) {
  const { texts } = language;
  const list = useMemo(
    () =>
      new BlockedList(blocks, {
        client: new AdminClient(),
        toasts: new ToastList(),
        texts,
      }),
    [],
  );
  const names = useMemo(() => new Names(widgets), []);
  const zone = useTimeZone();
  return (
    <LanguageProvider language={language}>
      <PageHeader
        title={texts.blocks.title}
        lead={texts.blocks.lead}
        actions={
          <ButtonLink
            href="/admin/contacts"
            icon={<ArrowLeft size={16} aria-hidden="true" class="turns" />}
          >
            {texts.blocks.back}
          </ButtonLink>
        }
      />
      <div class="contacts-page">
        {list.blocks.value.length === 0
          ? (
            <div class="panel">
              <EmptyState title={texts.blocks.emptyTitle}>
                {texts.blocks.emptyText}
              </EmptyState>
            </div>
          )
          : (
            <Ready>
              <ul class="panel contacts">
                {list.blocks.value.map((block) => (
                  <Row key={block.id} {...{ list, block, names, zone }} />
                ))}
              </ul>
            </Ready>
          )}
      </div>
      <Toasts list={list.toasts} closeLabel={texts.common.close} />
    </LanguageProvider>
  );
}

export default withOwnIds("blocks-page", BlocksPage);

/** One block: until when, whom, by whom, and for which contact. */
function Row({ list, block, names, zone }: {
  list: BlockedList;
  block: BlockView;
  names: Names;
  zone: string;
}) {
  const { texts: { blocks: texts, contacts }, lang } = useLanguage();
  const { id, at, until, by, address, widget, network } = block;
  const moment = (time: number) => momentText(time, { lang, zone });
  const agent = names.agent(address);
  return (
    <li class="block">
      <div class="contact-who">
        <b>
          {until === undefined
            ? texts.permanent
            : fill(texts.until, { time: moment(until) })}
        </b>
        <span class="soft">{network ? texts.network : texts.visit}</span>
      </div>
      <div class="contact-who">
        <span>
          <bdi>{fill(texts.contact, { agent })}</bdi>
          {" · "}
          <bdi>{names.widget(widget) ?? contacts.deletedWidget}</bdi>
        </span>
        <span class="soft">
          {fill(texts.by, { name: by, time: moment(at) })}
        </span>
      </div>
      <Button
        size="small"
        busy={list.ending.value === id}
        aria-label={fill(texts.endLabel, { agent, time: moment(at) })}
        onClick={() => void list.end(block)}
      >
        {texts.end}
      </Button>
    </li>
  );
}
