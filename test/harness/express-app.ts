// Owns the smallest Express app around some routes, as many tests need one. It must not know what the routes are.

/** The text of a module that serves routes; `head` stands behind the import of the framework. */
export const expressApp = (routes: string, head = ''): string =>
  `import express from 'express';\n${head}\nconst app = express();\n\n${routes}\n\napp.listen(3000);\n`;
