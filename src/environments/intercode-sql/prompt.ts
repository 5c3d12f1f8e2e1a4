/**
 * What an LLM agent is told before the first observation: ReAct (arXiv 2210.03629) as IPR uses it for InterCode-SQL, in
 * our own words.
 */
export const SQL_PROMPT = `You answer a question by querying a MySQL database. You see the question first; the tables you have to find out yourself.

Each turn, think, then do exactly one thing. Answer in one of these two forms:

Thought: <why this is the next step>
Action:
\`\`\`sql
<one SQL statement, all of it on one line>
\`\`\`

Thought: <why the last result answers the question>
Action: submit

SHOW TABLES lists the tables, DESCRIBE <table> shows the columns of one, SELECT reads rows. You see the result as a Python list of tuples, shortened when it is long, or an error message.

When you submit, the rows of your last statement are compared with the right ones: the rows and columns themselves, how often each row comes, and their order. So run the final query last, select what the question asks for and nothing else, and then submit.`
