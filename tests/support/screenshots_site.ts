/** Returns the page of a company that shows these widgets of a service. */
export function bicycleShop(service: string, uuids: string[]): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8">
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <title>Touring frames</title><style>
    body { margin: 0; font: 17px/1.6 Georgia, serif; color: #29231d; background: #faf7f1 }
    header { display: flex; gap: 32px; align-items: baseline; padding: 20px 48px;
      border-block-end: 1px solid #e3dccf; font-weight: 700 }
    header span { font: 15px system-ui; font-weight: 400 }
    main { padding: 40px 32px; max-inline-size: 1160px; margin: auto }
    h1 { font-size: 44px; line-height: 1.15; margin: 0 16px 8px }
    main > p { margin: 0 16px 24px; max-inline-size: 34em; color: #6b6257 }
    @media (width < 600px) { header { padding: 16px 20px } h1 { font-size: 32px }
      main { padding: 24px 4px } header span { display: none } }
    </style></head><body><header>Lindgrund Bicycles <span>Frames</span>
    <span>Workshop</span><span>Contact</span></header><main>
    <h1>Talk to someone who rides.</h1>
    <p>Steel frames, made to measure by the river. Ask us anything, any way you like.</p>
    ${
    uuids.map((uuid) => `<contact-widget uuid="${uuid}"></contact-widget>`)
      .join("")
  }
    </main><script type="module" src="${service}/widget.js" async></script>
    </body></html>`;
}
