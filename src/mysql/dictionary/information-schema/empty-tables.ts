/** Tables of information_schema that have no rows here, for there is nothing that they tell of: no routines, triggers, roles. */
import { columns, type DictionaryTable } from './dictionary-table.ts'

const GRANTS = 'GRANTEE varchar(292), TABLE_CATALOG varchar(512)'
const ROLES =
  'GRANTOR varchar(97), GRANTOR_HOST varchar(256), GRANTEE char(32), GRANTEE_HOST char(255), TABLE_CATALOG varchar(3)'
const SESSION_SETS = `CHARACTER_SET_CLIENT varchar(64), COLLATION_CONNECTION varchar(64)`
const TYPED = `
  DATA_TYPE longtext, CHARACTER_MAXIMUM_LENGTH bigint, CHARACTER_OCTET_LENGTH bigint, NUMERIC_PRECISION int unsigned,
  NUMERIC_SCALE int unsigned, DATETIME_PRECISION int unsigned, CHARACTER_SET_NAME varchar(64), COLLATION_NAME varchar(64),
  DTD_IDENTIFIER mediumtext`

/** Name to columns. */
const EMPTY: Readonly<Record<string, string>> = {
  ADMINISTRABLE_ROLE_AUTHORIZATIONS:
    'USER varchar(97), HOST varchar(256), GRANTEE varchar(97), GRANTEE_HOST varchar(256), ROLE_NAME varchar(255), ROLE_HOST varchar(256), IS_GRANTABLE varchar(3), IS_DEFAULT varchar(3), IS_MANDATORY varchar(3)',
  APPLICABLE_ROLES:
    'USER varchar(97), HOST varchar(256), GRANTEE varchar(97), GRANTEE_HOST varchar(256), ROLE_NAME varchar(255), ROLE_HOST varchar(256), IS_GRANTABLE varchar(3), IS_DEFAULT varchar(3), IS_MANDATORY varchar(3)',
  CHECK_CONSTRAINTS:
    'CONSTRAINT_CATALOG varchar(64), CONSTRAINT_SCHEMA varchar(64), CONSTRAINT_NAME varchar(64), CHECK_CLAUSE longtext',
  COLUMN_PRIVILEGES: `${GRANTS}, TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), COLUMN_NAME varchar(64), PRIVILEGE_TYPE varchar(64), IS_GRANTABLE varchar(3)`,
  COLUMN_STATISTICS: 'SCHEMA_NAME varchar(64), TABLE_NAME varchar(64), COLUMN_NAME varchar(64), HISTOGRAM json',
  ENABLED_ROLES: 'ROLE_NAME varchar(255), ROLE_HOST varchar(255), IS_DEFAULT varchar(3), IS_MANDATORY varchar(3)',
  EVENTS: `EVENT_CATALOG varchar(64), EVENT_SCHEMA varchar(64), EVENT_NAME varchar(64), DEFINER varchar(288), TIME_ZONE varchar(64), EVENT_BODY varchar(3), EVENT_DEFINITION longtext, EVENT_TYPE varchar(9), EXECUTE_AT datetime, INTERVAL_VALUE varchar(256), INTERVAL_FIELD varchar(18), SQL_MODE text, STARTS datetime, ENDS datetime, STATUS varchar(21), ON_COMPLETION varchar(12), CREATED timestamp, LAST_ALTERED timestamp, LAST_EXECUTED datetime, EVENT_COMMENT varchar(2048), ORIGINATOR int unsigned, ${SESSION_SETS}, DATABASE_COLLATION varchar(64)`,
  OPTIMIZER_TRACE:
    'QUERY varchar(65535), TRACE varchar(65535), MISSING_BYTES_BEYOND_MAX_MEM_SIZE int, INSUFFICIENT_PRIVILEGES tinyint(1)',
  PARAMETERS: `SPECIFIC_CATALOG varchar(64), SPECIFIC_SCHEMA varchar(64), SPECIFIC_NAME varchar(64), ORDINAL_POSITION bigint unsigned, PARAMETER_MODE varchar(5), PARAMETER_NAME varchar(64), ${TYPED}, ROUTINE_TYPE enum('FUNCTION','PROCEDURE')`,
  PARTITIONS:
    'TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), PARTITION_NAME varchar(64), SUBPARTITION_NAME varchar(64), PARTITION_ORDINAL_POSITION int unsigned, SUBPARTITION_ORDINAL_POSITION int unsigned, PARTITION_METHOD varchar(13), SUBPARTITION_METHOD varchar(13), PARTITION_EXPRESSION varchar(2048), SUBPARTITION_EXPRESSION varchar(2048), PARTITION_DESCRIPTION text, TABLE_ROWS bigint unsigned, AVG_ROW_LENGTH bigint unsigned, DATA_LENGTH bigint unsigned, MAX_DATA_LENGTH bigint unsigned, INDEX_LENGTH bigint unsigned, DATA_FREE bigint unsigned, CREATE_TIME timestamp, UPDATE_TIME datetime, CHECK_TIME datetime, CHECKSUM bigint, PARTITION_COMMENT text, NODEGROUP varchar(256), TABLESPACE_NAME varchar(268)',
  PLUGINS:
    'PLUGIN_NAME varchar(64), PLUGIN_VERSION varchar(20), PLUGIN_STATUS varchar(10), PLUGIN_TYPE varchar(80), PLUGIN_TYPE_VERSION varchar(20), PLUGIN_LIBRARY varchar(64), PLUGIN_LIBRARY_VERSION varchar(20), PLUGIN_AUTHOR varchar(64), PLUGIN_DESCRIPTION varchar(65535), PLUGIN_LICENSE varchar(80), LOAD_OPTION varchar(64)',
  PROFILING:
    'QUERY_ID int, SEQ int, STATE varchar(30), DURATION decimal(9,6), CPU_USER decimal(9,6), CPU_SYSTEM decimal(9,6), CONTEXT_VOLUNTARY int, CONTEXT_INVOLUNTARY int, BLOCK_OPS_IN int, BLOCK_OPS_OUT int, MESSAGES_SENT int, MESSAGES_RECEIVED int, PAGE_FAULTS_MAJOR int, PAGE_FAULTS_MINOR int, SWAPS int, SOURCE_FUNCTION varchar(30), SOURCE_FILE varchar(20), SOURCE_LINE int',
  RESOURCE_GROUPS:
    "RESOURCE_GROUP_NAME varchar(64), RESOURCE_GROUP_TYPE enum('SYSTEM','USER'), RESOURCE_GROUP_ENABLED tinyint(1), VCPU_IDS blob, THREAD_PRIORITY int",
  ROLE_COLUMN_GRANTS: `${ROLES}, TABLE_SCHEMA char(64), TABLE_NAME char(64), COLUMN_NAME char(64), PRIVILEGE_TYPE set('Select','Insert','Update','References'), IS_GRANTABLE varchar(3)`,
  ROLE_ROUTINE_GRANTS:
    "GRANTOR varchar(97), GRANTOR_HOST varchar(256), GRANTEE char(32), GRANTEE_HOST char(255), SPECIFIC_CATALOG varchar(3), SPECIFIC_SCHEMA char(64), SPECIFIC_NAME char(64), ROUTINE_CATALOG varchar(3), ROUTINE_SCHEMA char(64), ROUTINE_NAME char(64), PRIVILEGE_TYPE set('Execute','Alter Routine','Grant'), IS_GRANTABLE varchar(3)",
  ROLE_TABLE_GRANTS: `${ROLES}, TABLE_SCHEMA char(64), TABLE_NAME char(64), PRIVILEGE_TYPE set('Select','Insert','Update','Delete','Create','Drop','Grant','References','Index','Alter','Create View','Show view','Trigger'), IS_GRANTABLE varchar(3)`,
  ROUTINES: `SPECIFIC_NAME varchar(64), ROUTINE_CATALOG varchar(64), ROUTINE_SCHEMA varchar(64), ROUTINE_NAME varchar(64), ROUTINE_TYPE enum('FUNCTION','PROCEDURE'), ${TYPED.replace('DTD_IDENTIFIER mediumtext', 'DTD_IDENTIFIER longtext')}, ROUTINE_BODY varchar(8), ROUTINE_DEFINITION longtext, EXTERNAL_NAME binary(0), EXTERNAL_LANGUAGE varchar(64), PARAMETER_STYLE varchar(3), IS_DETERMINISTIC varchar(3), SQL_DATA_ACCESS enum('CONTAINS SQL','NO SQL','READS SQL DATA','MODIFIES SQL DATA'), SQL_PATH binary(0), SECURITY_TYPE enum('DEFAULT','INVOKER','DEFINER'), CREATED timestamp, LAST_ALTERED timestamp, SQL_MODE text, ROUTINE_COMMENT text, DEFINER varchar(288), ${SESSION_SETS}, DATABASE_COLLATION varchar(64)`,
  SCHEMA_PRIVILEGES: `${GRANTS}, TABLE_SCHEMA varchar(64), PRIVILEGE_TYPE varchar(64), IS_GRANTABLE varchar(3)`,
  ST_GEOMETRY_COLUMNS:
    'TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), COLUMN_NAME varchar(64), SRS_NAME varchar(80), SRS_ID int unsigned, GEOMETRY_TYPE_NAME longtext',
  TABLESPACES:
    'TABLESPACE_NAME varchar(64), ENGINE varchar(64), TABLESPACE_TYPE varchar(64), LOGFILE_GROUP_NAME varchar(64), EXTENT_SIZE bigint unsigned, AUTOEXTEND_SIZE bigint unsigned, MAXIMUM_SIZE bigint unsigned, NODEGROUP_ID bigint unsigned, TABLESPACE_COMMENT varchar(2048)',
  TABLE_PRIVILEGES: `${GRANTS}, TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), PRIVILEGE_TYPE varchar(64), IS_GRANTABLE varchar(3)`,
  TRIGGERS: `TRIGGER_CATALOG varchar(64), TRIGGER_SCHEMA varchar(64), TRIGGER_NAME varchar(64), EVENT_MANIPULATION enum('INSERT','UPDATE','DELETE'), EVENT_OBJECT_CATALOG varchar(64), EVENT_OBJECT_SCHEMA varchar(64), EVENT_OBJECT_TABLE varchar(64), ACTION_ORDER int unsigned, ACTION_CONDITION binary(0), ACTION_STATEMENT longtext, ACTION_ORIENTATION varchar(3), ACTION_TIMING enum('BEFORE','AFTER'), ACTION_REFERENCE_OLD_TABLE binary(0), ACTION_REFERENCE_NEW_TABLE binary(0), ACTION_REFERENCE_OLD_ROW varchar(3), ACTION_REFERENCE_NEW_ROW varchar(3), CREATED timestamp(2), SQL_MODE set('STRICT_TRANS_TABLES'), DEFINER varchar(288), ${SESSION_SETS}, DATABASE_COLLATION varchar(64)`,
  VIEW_ROUTINE_USAGE:
    'TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64), SPECIFIC_CATALOG varchar(64), SPECIFIC_SCHEMA varchar(64), SPECIFIC_NAME varchar(64)',
  VIEW_TABLE_USAGE:
    'VIEW_CATALOG varchar(64), VIEW_SCHEMA varchar(64), VIEW_NAME varchar(64), TABLE_CATALOG varchar(64), TABLE_SCHEMA varchar(64), TABLE_NAME varchar(64)',
}

export const EMPTY_TABLES: readonly DictionaryTable[] = Object.entries(EMPTY).map(([name, text]) => ({
  name,
  columns: columns(text),
  rows: () => [],
}))
