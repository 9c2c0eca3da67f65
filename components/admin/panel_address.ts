const HASH = /^#widget-([0-9a-f]{32})$/;

/** The id that the panel of a widget has in the page of all widgets. */
export function panelId(uuid: string): string {
  return `widget-${uuid}`;
}

/** Where a widget is edited. */
export function panelHref(uuid: string): string {
  return `/admin#${panelId(uuid)}`;
}

/** The widget that the hash of an address names, if it names one. */
export function addressedWidget(hash: string): string | undefined {
  return HASH.exec(hash)?.[1];
}
