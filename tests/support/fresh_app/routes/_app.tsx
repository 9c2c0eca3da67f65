import { asset } from "fresh/runtime";
import { define } from "../define.ts";

export default define.page(({ Component, state }) => (
  <html lang="en">
    <head>
      <meta charset="utf-8" />
      <title>{state.title ?? "Fixture"}</title>
      <meta name="description" content="from the app" />
      <link rel="icon" href="/favicon.ico" />
      <link rel="stylesheet" href={asset("/style.css")} />
    </head>
    <body>
      <Component />
    </body>
  </html>
));
