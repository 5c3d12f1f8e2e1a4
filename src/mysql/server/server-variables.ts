/**
 * The system variables that people and programs ask for, with MySQL 8.0.33's defaults under the lower-case names of a server
 * in a container (manual, 5.1.8 Server System Variables). A server has some 600; one that is not here does not exist.
 */

import { COLLATION, CONNECTION, SERVER_VERSION } from './identity.ts'

export type VariableScope = 'both' | 'global' | 'session'

export interface ServerVariable {
  readonly name: string
  readonly scope: VariableScope
  readonly kind: 'bool' | 'int' | 'double' | 'text' | 'null'
  readonly readOnly: boolean
  /** As SHOW VARIABLES has it. */
  readonly value: string
}

const SCOPES = { B: 'both', G: 'global', S: 'session' } as const
const KINDS = { b: 'bool', i: 'int', d: 'double', t: 'text', n: 'null' } as const

/** Name; B both, G global, S session; b, i, d, t, n (NULL) for its kind; an exclamation mark where it is read only; its value. */
const LINES = `
activate_all_roles_on_login Gb OFF
admin_port Gi! 33062
auto_generate_certs Gb! ON
auto_increment_increment Bi 1
auto_increment_offset Bi 1
autocommit Bb ON
automatic_sp_privileges Gb ON
back_log Gi! 151
basedir Gt! /usr/
big_tables Bb OFF
bind_address Gt! *
binlog_cache_size Gi 32768
binlog_expire_logs_seconds Gi 2592000
binlog_format Bt ROW
block_encryption_mode Bt aes-128-ecb
character_set_client Bt utf8mb4
character_set_connection Bt utf8mb4
character_set_database Bt utf8mb4
character_set_filesystem Bt binary
character_set_results Bt utf8mb4
character_set_server Bt utf8mb4
character_set_system Gt! utf8mb3
character_sets_dir Gt! /usr/share/mysql-8.0/charsets/
collation_connection Bt ${COLLATION}
collation_database Bt ${COLLATION}
collation_server Bt ${COLLATION}
completion_type Bt NO_CHAIN
concurrent_insert Gt AUTO
connect_timeout Gi 10
cte_max_recursion_depth Bi 1000
datadir Gt! /var/lib/mysql/
default_authentication_plugin Gt! caching_sha2_password
default_collation_for_utf8mb4 Bt utf8mb4_0900_ai_ci
default_password_lifetime Gi 0
default_storage_engine Bt InnoDB
default_table_encryption Bb OFF
default_tmp_storage_engine Bt InnoDB
default_week_format Bi 0
delay_key_write Gt ON
disabled_storage_engines Gt! 
disconnect_on_expired_password Gb! ON
div_precision_increment Bi 4
end_markers_in_json Bb OFF
eq_range_index_dive_limit Bi 200
error_count Si! 0
event_scheduler Gt ON
explain_format Bt TRADITIONAL
explicit_defaults_for_timestamp Bb ON
external_user Sn! 
flush Gb OFF
flush_time Gi 0
foreign_key_checks Bb ON
ft_boolean_syntax Gt + -><()~*:""&|
ft_max_word_len Gi! 84
ft_min_word_len Gi! 4
ft_stopword_file Gt! (built-in)
general_log Gb OFF
general_log_file Gt /var/lib/mysql/mysql.log
generated_random_password_length Bi 20
group_concat_max_len Bi 1024
gtid_mode Gt OFF
have_compress Gt! YES
have_dynamic_loading Gt! YES
have_geometry Gt! YES
have_openssl Gt! YES
have_profiling Gt! YES
have_query_cache Gt! NO
have_rtree_keys Gt! YES
have_ssl Gt! YES
have_symlink Gt! DISABLED
host_cache_size Gi 279
hostname Gt! mysql
identity Si 0
information_schema_stats_expiry Bi 86400
init_connect Gt 
innodb_adaptive_hash_index Gb ON
innodb_autoinc_lock_mode Gi! 2
innodb_buffer_pool_instances Gi! 1
innodb_buffer_pool_size Gi 134217728
innodb_data_file_path Gt! ibdata1:12M:autoextend
innodb_data_home_dir Gt! 
innodb_default_row_format Gt dynamic
innodb_file_per_table Gb ON
innodb_flush_log_at_trx_commit Gi 1
innodb_flush_method Gt! fsync
innodb_ft_enable_stopword Bb ON
innodb_ft_max_token_size Gi! 84
innodb_ft_min_token_size Gi! 3
innodb_io_capacity Gi 200
innodb_lock_wait_timeout Bi 50
innodb_log_buffer_size Gi 16777216
innodb_log_file_size Gi! 50331648
innodb_log_files_in_group Gi! 2
innodb_page_size Gi! 16384
innodb_print_all_deadlocks Gb OFF
innodb_read_io_threads Gi! 4
innodb_read_only Gb! OFF
innodb_redo_log_capacity Gi 104857600
innodb_rollback_on_timeout Gb! OFF
innodb_stats_on_metadata Gb OFF
innodb_stats_persistent Gb ON
innodb_strict_mode Bb ON
innodb_table_locks Bb ON
innodb_thread_concurrency Gi 0
innodb_version Gt! ${SERVER_VERSION}
innodb_write_io_threads Gi! 4
insert_id Si 0
interactive_timeout Bi 28800
internal_tmp_mem_storage_engine Bt TempTable
join_buffer_size Bi 262144
key_buffer_size Gi 8388608
large_files_support Gb! ON
large_page_size Gi! 0
last_insert_id Si 0
lc_messages Bt en_US
lc_messages_dir Gt! /usr/share/mysql-8.0/
lc_time_names Bt en_US
license Gt! GPL
local_infile Gb OFF
lock_wait_timeout Bi 31536000
log_bin Gb! ON
log_bin_basename Gt! /var/lib/mysql/binlog
log_error Gt! stderr
log_error_verbosity Gi 2
log_output Gt FILE
log_queries_not_using_indexes Gb OFF
log_timestamps Gt UTC
long_query_time Bd 10.000000
low_priority_updates Bb OFF
lower_case_file_system Gb! OFF
lower_case_table_names Gi! 1
mandatory_roles Gt 
max_allowed_packet Bi 67108864
max_binlog_size Gi 1073741824
max_connect_errors Gi 100
max_connections Gi 151
max_delayed_threads Bi 20
max_digest_length Gi! 1024
max_error_count Bi 1024
max_execution_time Bi 0
max_heap_table_size Bi 16777216
max_join_size Bi 18446744073709551615
max_length_for_sort_data Bi 4096
max_prepared_stmt_count Gi 16382
max_seeks_for_key Bi 18446744073709551615
max_sort_length Bi 1024
max_sp_recursion_depth Bi 0
max_user_connections Bi 0
max_write_lock_count Gi 18446744073709551615
min_examined_row_limit Bi 0
myisam_sort_buffer_size Bi 8388608
net_buffer_length Bi 16384
net_read_timeout Bi 30
net_write_timeout Bi 60
new Bb OFF
old_alter_table Bb OFF
open_files_limit Gi! 1048576
optimizer_prune_level Bi 1
optimizer_search_depth Bi 62
optimizer_switch Bt index_merge=on,index_merge_union=on,index_merge_sort_union=on,index_merge_intersection=on,engine_condition_pushdown=on,index_condition_pushdown=on,mrr=on,mrr_cost_based=on,block_nested_loop=on,batched_key_access=off,materialization=on,semijoin=on,loosescan=on,firstmatch=on,duplicateweedout=on,subquery_materialization_cost_based=on,use_index_extensions=on,condition_fanout_filter=on,derived_merge=on,use_invisible_indexes=off,skip_scan=on,hash_join=on,subquery_to_derived=off,prefer_ordering_index=on,hypergraph_optimizer=off,derived_condition_pushdown=on
parser_max_mem_size Bi 18446744073709551615
password_history Gi 0
performance_schema Gb! ON
pid_file Gt! /var/run/mysqld/mysqld.pid
plugin_dir Gt! /usr/lib64/mysql/plugin/
port Gi! 3307
print_identified_with_as_hex Bb OFF
profiling Bb OFF
protocol_version Gi! 10
proxy_user Sn! 
pseudo_thread_id Si ${CONNECTION}
rand_seed1 Si 0
rand_seed2 Si 0
range_optimizer_max_mem_size Bi 8388608
read_buffer_size Bi 131072
read_only Gb OFF
read_rnd_buffer_size Bi 262144
regexp_stack_limit Gi 8000000
regexp_time_limit Gi 32
require_row_format Sb OFF
require_secure_transport Gb OFF
resultset_metadata St FULL
secondary_engine_cost_threshold Sd 100000.000000
secure_file_priv Gt! /var/lib/mysql-files/
server_id Gi 1
server_uuid Gt! 00000000-0000-0000-0000-000000000001
session_track_gtids Bt OFF
session_track_schema Bb ON
show_create_table_verbosity Bb OFF
show_gipk_in_create_table_and_information_schema Bb ON
show_old_temporals Bb OFF
skip_external_locking Gb! ON
skip_name_resolve Gb! ON
skip_networking Gb! OFF
skip_show_database Gb! OFF
slow_query_log Gb OFF
slow_query_log_file Gt /var/lib/mysql/mysql-slow.log
socket Gt! /var/run/mysqld/mysqld.sock
sort_buffer_size Bi 262144
sql_auto_is_null Bb OFF
sql_big_selects Bb ON
sql_buffer_result Bb OFF
sql_generate_invisible_primary_key Bb OFF
sql_log_bin Sb ON
sql_log_off Bb OFF
sql_mode Bt ONLY_FULL_GROUP_BY,STRICT_TRANS_TABLES,NO_ZERO_IN_DATE,NO_ZERO_DATE,ERROR_FOR_DIVISION_BY_ZERO,NO_ENGINE_SUBSTITUTION
sql_notes Bb ON
sql_quote_show_create Bb ON
sql_require_primary_key Bb OFF
sql_safe_updates Bb OFF
sql_select_limit Bi 18446744073709551615
sql_warnings Bb OFF
ssl_ca Gt ca.pem
ssl_cert Gt server-cert.pem
ssl_key Gt server-key.pem
super_read_only Gb OFF
sync_binlog Gi 1
system_time_zone Gt! UTC
table_definition_cache Gi 2000
table_open_cache Gi 4000
table_open_cache_instances Gi! 16
temptable_max_ram Gi 1073741824
thread_cache_size Gi 9
thread_handling Gt! one-thread-per-connection
thread_stack Gi! 1048576
time_zone Bt SYSTEM
timestamp Sd 1704067200.000000
tls_version Gt TLSv1.2,TLSv1.3
tmp_table_size Bi 16777216
tmpdir Gt! /tmp
transaction_isolation Bt REPEATABLE-READ
transaction_read_only Bb OFF
unique_checks Bb ON
updatable_views_with_limit Bt YES
use_secondary_engine St ON
version Gt! ${SERVER_VERSION}
version_comment Gt! MySQL Community Server - GPL
version_compile_machine Gt! x86_64
version_compile_os Gt! Linux
version_compile_zlib Gt! 1.2.13
wait_timeout Bi 28800
warning_count Si! 0
windowing_use_high_precision Bb ON`

function read(line: string): ServerVariable {
  const [, name = '', scope = 'B', kind = 't', mark = '', value = ''] =
    /^(\w+) ([BGS])([bidtn])(!?) ?(.*)$/.exec(line) ?? []
  return {
    name,
    scope: SCOPES[scope as keyof typeof SCOPES], // the pattern has no others
    kind: KINDS[kind as keyof typeof KINDS], // the pattern has no others
    readOnly: mark === '!',
    value,
  }
}

/** By name, lower case, in the order in which SHOW VARIABLES lists them. */
export const SERVER_VARIABLES: ReadonlyMap<string, ServerVariable> = new Map(
  LINES.trimStart()
    .split('\n')
    .map(read)
    .map((variable) => [variable.name, variable]),
)
