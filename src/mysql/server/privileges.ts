/** Privileges that an account may have: name, where it counts, what it allows (manual, 6.2.2 Privileges Provided by MySQL). */
export const PRIVILEGES: readonly (readonly [name: string, context: string, comment: string])[] = [
  ['Select', 'Tables', 'To retrieve rows from table'],
  ['Insert', 'Tables', 'To insert data into tables'],
  ['Update', 'Tables', 'To update existing rows'],
  ['Delete', 'Tables', 'To delete existing rows'],
  ['Create', 'Databases,Tables,Indexes', 'To create new databases and tables'],
  ['Drop', 'Databases,Tables', 'To drop databases, tables, and views'],
  ['References', 'Databases,Tables', 'To have references on tables'],
  ['Index', 'Tables', 'To create or drop indexes'],
  ['Alter', 'Tables', 'To alter the table'],
  ['Show databases', 'Server Admin', 'To see all databases with SHOW DATABASES'],
  ['Create view', 'Tables', 'To create new views'],
  ['Show view', 'Tables', 'To see views with SHOW CREATE VIEW'],
]
