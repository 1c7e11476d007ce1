// node people.mjs FILE COUNT: gives a project's database so many more people, each a copy of the first one.
import { randomUUID } from "node:crypto";
import { DatabaseSync } from "node:sqlite";

const [file, count] = process.argv.slice(2);
const database = new DatabaseSync(file);

/** The first row of a table without the columns that the database computes, and a statement that adds one like it. */
function like(table) {
  const columns = database
    .prepare(`select name from pragma_table_xinfo('${table}') where hidden = 0`)
    .all()
    .map((column) => column.name);
  const row = database.prepare(`select ${columns.join(", ")} from "${table}" limit 1`).get();
  const places = columns.map(() => "?").join(", ");
  const insert = database.prepare(`insert into "${table}" (${columns.join(", ")}) values (${places})`);
  return (changes) => {
    const added = { ...row, ...changes };
    insert.run(...columns.map((column) => added[column]));
  };
}

const [user, identity, profile] = ["auth.users", "auth.identities", "profiles"].map(like);
database.exec("begin");
for (let at = 0; at < Number(count); at += 1) {
  const id = randomUUID();
  const email = `copy-${at}@example.com`;
  const data = JSON.stringify({ sub: id, email, email_verified: false, phone_verified: false });
  user({ id, email });
  identity({ id: randomUUID(), user_id: id, provider_id: id, identity_data: data });
  profile({ id, username: `copy-${at}` });
}
database.exec("commit");
