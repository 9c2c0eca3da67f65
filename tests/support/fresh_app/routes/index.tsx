import { page } from "fresh";
import { Head } from "fresh/runtime";
import { define } from "../define.ts";

export const handler = define.handlers({
  GET: ({ url }) => page({ name: url.searchParams.get("name") ?? "you" }),
  POST: async ({ req }) => {
    const form = await req.formData();
    return page({ name: `${form.get("name")}` }, {
      status: 201,
      headers: { "x-made": "yes" },
    });
  },
});

export default define.page<typeof handler>(({ data, state }) => (
  <main>
    <Head>
      <title>Home of {data.name}</title>
      <meta name="description" content="from the page" />
      <link key="page" rel="stylesheet" href="/small.css" />
      <link rel="icon" href="/page.ico" />
    </Head>
    <h1>Hello {data.name}</h1>
    <p id="trail">{state.trail.join(", ")}</p>
  </main>
));
