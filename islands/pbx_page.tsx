import { useEffect, useMemo } from "preact/hooks";
import { AdminClient } from "@/lib/protocol/admin/client.ts";
import type { PbxView } from "@/lib/protocol/admin/pbx.ts";
import { plural } from "@/lib/i18n/fill.ts";
import { PageHeader } from "@/lib/ui/app_shell.tsx";
import { Banner, EmptyState } from "@/lib/ui/notices.tsx";
import { withOwnIds } from "@/lib/ui/own_id.tsx";
import { Toasts } from "@/lib/ui/toast.tsx";
import { ToastList } from "@/lib/ui/toasts.ts";
import {
  type Language,
  LanguageProvider,
  useLanguage,
} from "@/components/admin/language.tsx";
import { LinkCard } from "@/components/pbx/link_card.tsx";
import { PbxModel } from "@/components/pbx/pbx_model.ts";
import { Refused } from "@/components/pbx/refused.tsx";
import { SetUp } from "@/components/pbx/set_up.tsx";
import { TraceView } from "@/components/pbx/trace_view.tsx";

/** Interval of refreshes while the page is visible. */
const REFRESH_MS = 2_000;

export interface PbxPageProps {
  language: Language;
  view: PbxView;
}

/** The linked PBXs, how to link one, and help if it fails. */
function PbxPage({ language, view }: PbxPageProps) {
  const model = useMemo(
    () =>
      new PbxModel(view, {
        api: new AdminClient(),
        toasts: new ToastList(),
        texts: language.texts,
      }),
    [],
  );
  useEffect(() => {
    const look = () => {
      if (document.visibilityState === "visible") void model.refresh();
    };
    look();
    const timer = setInterval(look, REFRESH_MS);
    document.addEventListener("visibilitychange", look);
    return () => {
      clearInterval(timer);
      document.removeEventListener("visibilitychange", look);
    };
  }, []);
  return (
    <LanguageProvider language={language}>
      <Content model={model} />
      <Toasts
        list={model.toasts}
        closeLabel={language.texts.common.close}
      />
    </LanguageProvider>
  );
}

export default withOwnIds("pbx-page", PbxPage);

function Content({ model }: { model: PbxModel }) {
  const { lang, texts: { pbx: texts } } = useLanguage();
  const { links, waiting, refusals, silent } = model.view.value;
  return (
    <>
      <PageHeader title={texts.title} lead={texts.lead} />
      <div class="pbx-page">
        {model.failure.value && (
          <Banner kind="danger" live>{model.failure.value}</Banner>
        )}
        {waiting > 0 && (
          <Banner kind="info">{plural(texts.waiting, waiting, lang)}</Banner>
        )}
        {silent > 0 && (
          <Banner kind="warning">{plural(texts.silent, silent, lang)}</Banner>
        )}
        {links.length === 0 && (
          <div class="panel">
            <EmptyState title={texts.noLinkTitle}>
              {texts.noLinkText}
            </EmptyState>
          </div>
        )}
        {links.map((link) => (
          <LinkCard key={`${link.instance ?? ""} ${link.key}`} link={link} />
        ))}
        <Refused refusals={refusals} />
        <SetUp model={model} />
        <TraceView model={model} />
      </div>
    </>
  );
}
