import { HttpError, page } from "fresh";
import { asset, Head } from "fresh/runtime";
import { ArrowLeft, Ruler, Sparkles, Wrench } from "lucide-preact";
import * as v from "valibot";
import { ADMIN_LANGUAGES } from "@/lib/i18n/admin/languages.ts";
import type { AdminTexts } from "@/lib/i18n/admin/texts.ts";
import { fill } from "@/lib/i18n/fill.ts";
import { WidgetUuid } from "@/lib/model/widget.ts";
import { ContactWidget } from "@/components/admin/contact_widget.ts";
import { define } from "@/lib/web/state.ts";

export const config = { skipInheritedLayouts: true };

/** The saved widget on a sample company page; public like the widget. */
export const handler = define.handlers({
  async GET(ctx) {
    const uuid = v.safeParse(WidgetUuid, ctx.params.uuid);
    const widget = uuid.success
      ? await ctx.state.services.widgets.get(uuid.output)
      : undefined;
    if (widget === undefined) throw new HttpError(404);
    return page({ uuid: widget.uuid, name: widget.content.name });
  },
});

export default define.page<typeof handler>(({ data, state }) => {
  const { pages: texts, common } = ADMIN_LANGUAGES[state.lang];
  const isAdmin = state.account?.roles.includes("admin") ?? false;
  return (
    <>
      <Head>
        <title>{`${texts.company} · ${common.product}`}</title>
        <link key="sample" rel="stylesheet" href={asset("/sample.css")} />
        <script type="module" src="/widget.js" async />
      </Head>
      {isAdmin && (
        <p class="preview-note">
          <a href="/admin">
            <ArrowLeft size={15} aria-hidden="true" />
            {texts.previewToAdmin}
          </a>
          <span>{fill(texts.previewBar, { name: data.name })}</span>
        </p>
      )}
      <div class="sample">
        <SampleHeader texts={texts} />
        <main id="main">
          <Hero texts={texts} />
          <Features texts={texts} />
          <section class="sample-contact" id="contact">
            <h2>{texts.contactTitle}</h2>
            <p>{texts.contactText}</p>
            <ContactWidget uuid={data.uuid} />
          </section>
        </main>
        <footer class="sample-footer">{texts.footer}</footer>
      </div>
    </>
  );
});

type Texts = { texts: AdminTexts["pages"] };

function SampleHeader({ texts }: Texts) {
  const { shop, workshop, about, contact } = texts.navigation;
  return (
    <header class="sample-header">
      <span class="sample-name">{texts.company}</span>
      <nav>
        <a href="#main">{shop}</a>
        <a href="#workshop">{workshop}</a>
        <a href="#workshop">{about}</a>
        <a href="#contact">{contact}</a>
      </nav>
    </header>
  );
}

function Hero({ texts }: Texts) {
  return (
    <section class="sample-hero">
      <div>
        <h1>{texts.heroTitle}</h1>
        <p>{texts.heroText}</p>
        <a class="sample-action" href="#contact">{texts.heroAction}</a>
      </div>
      <Bicycle />
    </section>
  );
}

function Features({ texts: { features } }: Texts) {
  const cards = [
    { Icon: Ruler, title: features.frameTitle, text: features.frameText },
    { Icon: Wrench, title: features.partsTitle, text: features.partsText },
    {
      Icon: Sparkles,
      title: features.serviceTitle,
      text: features.serviceText,
    },
  ];
  return (
    <section class="sample-features" id="workshop">
      {cards.map(({ Icon, title, text }) => (
        <div key={title}>
          <Icon size={26} strokeWidth={1.5} aria-hidden="true" />
          <h3>{title}</h3>
          <p>{text}</p>
        </div>
      ))}
    </section>
  );
}

function Bicycle() {
  return (
    <svg class="sample-bicycle" viewBox="0 0 320 200" aria-hidden="true">
      <circle cx="76" cy="138" r="50" />
      <circle cx="244" cy="138" r="50" />
      <circle class="hub" cx="76" cy="138" r="5" />
      <circle class="hub" cx="244" cy="138" r="5" />
      <path d="M76 138 120 62h96l-62 76zM154 138 112 50M244 138 210 46" />
      <path class="thin" d="M98 50h30M210 46c12-10 26-8 30 0" />
      <circle class="hub" cx="154" cy="138" r="11" />
    </svg>
  );
}
