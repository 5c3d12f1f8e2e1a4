// Attention over the prefix and over what a row's own branch has so far, there and back. Shares are not kept: the way back works them out
// again from the logarithm of their sum. A workgroup for each row and head.

struct Call {
  rows: u32,
  qkv: u32, // [rows, 3 WIDTH]: queries, keys, values
  att: u32, // [rows, WIDTH]
  logsums: u32, // [rows, HEADS]
  prefix: u32, // rows of the prefix
  begins: u32, // in words: [rows], where a row's branch begins, 0 in the prefix
  until: u32, // in words: [rows], the end of the rows that see it
  datt: u32, // [rows, WIDTH]
  means: u32, // [rows, HEADS]: datt att, head by head
  dqkv: u32, // [rows, 3 WIDTH]
}

// A row's own query and gradient, or its key and value.
var<workgroup> mine: array<f32, HEAD>;
var<workgroup> other: array<f32, HEAD>;
var<workgroup> shares: array<f32, LANES>;
var<workgroup> pulls: array<f32, LANES>;

fn with_mine(at: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < HEAD; i++) { sum += mine[i] * memory[at + i]; }
  return sum;
}

fn with_other(at: u32) -> f32 {
  var sum = 0.0;
  for (var i = 0u; i < HEAD; i++) { sum += other[i] * memory[at + i]; }
  return sum;
}

fn query_at(row: u32, head: u32) -> u32 { return call.qkv + row * 3u * WIDTH + head * HEAD; }
fn key_at(row: u32, head: u32) -> u32 { return query_at(row, head) + WIDTH; }
fn value_at(row: u32, head: u32) -> u32 { return query_at(row, head) + 2u * WIDTH; }

// The rows that a row sees: `before` of the prefix, then those from `own` on, `count` together.
struct Sight {
  before: u32,
  own: u32,
  count: u32,
}

fn sight_of(row: u32) -> Sight {
  let own = words[call.begins + row];
  let before = select(call.prefix, 0u, row < call.prefix);
  return Sight(before, own, before + row - own + 1u);
}

fn seen(sight: Sight, n: u32) -> u32 { return select(sight.own + n - sight.before, n, n < sight.before); }

@compute @workgroup_size(64)
fn attend(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let head = group.y;
  let sight = sight_of(row);
  for (var i = lane; i < HEAD; i += LANES) { mine[i] = memory[query_at(row, head) + i]; }
  workgroupBarrier();
  var sums: array<f32, OWN>;
  var most = LEAST;
  var total = 0.0;
  for (var at = 0u; at < sight.count; at += LANES) {
    let is_seen = at + lane < sight.count;
    var score = LEAST;
    if (is_seen) { score = SCALE * with_mine(key_at(seen(sight, at + lane), head)); }
    let higher = max(most, most_of(lane, score));
    let share = select(0.0, exp(score - higher), is_seen);
    shares[lane] = share;
    // What was summed below a lower largest score shrinks.
    let shrink = exp(most - higher);
    total = total * shrink + sum_of(lane, share);
    most = higher;
    let here = min(LANES, sight.count - at);
    for (var own = 0u; own < OWN; own++) {
      let i = own * LANES + lane;
      if (i >= HEAD) { break; }
      var sum = sums[own] * shrink;
      for (var n = 0u; n < here; n++) { sum += shares[n] * memory[value_at(seen(sight, at + n), head) + i]; }
      sums[own] = sum;
    }
    workgroupBarrier();
  }
  for (var own = 0u; own < OWN; own++) {
    let i = own * LANES + lane;
    if (i < HEAD) { memory[call.att + row * WIDTH + head * HEAD + i] = sums[own] / total; }
  }
  if (lane == 0u) { memory[call.logsums + row * HEADS + head] = most + log(total); }
}

// An invocation for each row and head.
@compute @workgroup_size(256)
fn mean_pulls(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.rows * HEADS; n += groups.x * 256u) {
    var sum = 0.0;
    for (var i = 0u; i < HEAD; i++) { sum += memory[call.datt + n * HEAD + i] * memory[call.att + n * HEAD + i]; }
    memory[call.means + n] = sum;
  }
}

// The gradient of queries.
@compute @workgroup_size(64)
fn queries_back(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let head = group.y;
  let sight = sight_of(row);
  for (var i = lane; i < HEAD; i += LANES) {
    mine[i] = memory[query_at(row, head) + i];
    other[i] = memory[call.datt + row * WIDTH + head * HEAD + i];
  }
  workgroupBarrier();
  let mean = memory[call.means + row * HEADS + head];
  let logsum = memory[call.logsums + row * HEADS + head];
  var sums: array<f32, OWN>;
  for (var at = 0u; at < sight.count; at += LANES) {
    var pull = 0.0;
    if (at + lane < sight.count) {
      let key = seen(sight, at + lane);
      let share = exp(SCALE * with_mine(key_at(key, head)) - logsum);
      pull = SCALE * share * (with_other(value_at(key, head)) - mean);
    }
    pulls[lane] = pull;
    workgroupBarrier();
    let here = min(LANES, sight.count - at);
    for (var own = 0u; own < OWN; own++) {
      let i = own * LANES + lane;
      if (i >= HEAD) { break; }
      for (var n = 0u; n < here; n++) { sums[own] += pulls[n] * memory[key_at(seen(sight, at + n), head) + i]; }
    }
    workgroupBarrier();
  }
  for (var own = 0u; own < OWN; own++) {
    let i = own * LANES + lane;
    if (i < HEAD) { memory[call.dqkv + row * 3u * WIDTH + head * HEAD + i] = sums[own]; }
  }
}

// The gradients of keys and values: from the rows that see them, all of which stand from their own on.
@compute @workgroup_size(64)
fn keys_back(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let row = group.x;
  let head = group.y;
  let until = words[call.until + row];
  for (var i = lane; i < HEAD; i += LANES) {
    mine[i] = memory[key_at(row, head) + i];
    other[i] = memory[value_at(row, head) + i];
  }
  workgroupBarrier();
  var of_key: array<f32, OWN>;
  var of_value: array<f32, OWN>;
  for (var at = row; at < until; at += LANES) {
    let by = at + lane;
    var share = 0.0;
    var pull = 0.0;
    if (by < until) {
      share = exp(SCALE * with_mine(query_at(by, head)) - memory[call.logsums + by * HEADS + head]);
      let along = with_other(call.datt + by * WIDTH + head * HEAD);
      pull = SCALE * share * (along - memory[call.means + by * HEADS + head]);
    }
    shares[lane] = share;
    pulls[lane] = pull;
    workgroupBarrier();
    let here = min(LANES, until - at);
    for (var own = 0u; own < OWN; own++) {
      let i = own * LANES + lane;
      if (i >= HEAD) { break; }
      for (var n = 0u; n < here; n++) {
        of_key[own] += pulls[n] * memory[query_at(at + n, head) + i];
        of_value[own] += shares[n] * memory[call.datt + (at + n) * WIDTH + head * HEAD + i];
      }
    }
    workgroupBarrier();
  }
  for (var own = 0u; own < OWN; own++) {
    let i = own * LANES + lane;
    if (i < HEAD) {
      memory[call.dqkv + row * 3u * WIDTH + WIDTH + head * HEAD + i] = of_key[own];
      memory[call.dqkv + row * 3u * WIDTH + 2u * WIDTH + head * HEAD + i] = of_value[own];
    }
  }
}
