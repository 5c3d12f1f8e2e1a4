// Between tokens and rows: what is read comes in, what is predicted is judged, and gradients go back to both.

struct Call {
  count: u32, // rows, targets, or tokens, each as it is said below
  which: u32, // in words: [count], what each reads or predicts
  source: u32, // [any, WIDTH]
  into: u32, // [any, WIDTH]
  logits: u32, // [targets, VOCABULARY]
  most: u32, // [targets]: the largest logit
  sums: u32, // [targets]: the sum of exp(logit - largest)
  judged: u32, // [targets, 2]: the target's logit less the largest, and that sum
  pulls: u32, // [targets]
  starts: u32, // in words: [count + 1], where the members of each begin
  members: u32, // in words: rows or targets
}

// into[n] = source[which[n]], for `count` rows.
@compute @workgroup_size(256)
fn gather(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.count * WIDTH; n += groups.x * 256u) {
    memory[call.into + n] = memory[call.source + words[call.which + n / WIDTH] * WIDTH + n % WIDTH];
  }
}

// into[n] = the sum of source[member] over the members of n, for `count` rows.
@compute @workgroup_size(256)
fn collect(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.count * WIDTH; n += groups.x * 256u) {
    let row = n / WIDTH;
    var sum = 0.0;
    for (var at = words[call.starts + row]; at < words[call.starts + row + 1u]; at++) {
      sum += memory[call.source + words[call.members + at] * WIDTH + n % WIDTH];
    }
    memory[call.into + n] = sum;
  }
}

// into[which[n]] += the sum of source[member] over the members of n, for `count` tokens, all different.
@compute @workgroup_size(256)
fn collect_into(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.count * WIDTH; n += groups.x * 256u) {
    let token = n / WIDTH;
    let at = call.into + words[call.which + token] * WIDTH + n % WIDTH;
    var sum = memory[at];
    for (var member = words[call.starts + token]; member < words[call.starts + token + 1u]; member++) {
      sum += memory[call.source + words[call.members + member] * WIDTH + n % WIDTH];
    }
    memory[at] = sum;
  }
}

// A workgroup for each target.
@compute @workgroup_size(64)
fn judge(@builtin(workgroup_id) group: vec3u, @builtin(local_invocation_index) lane: u32) {
  let at = call.logits + group.x * VOCABULARY;
  var highest = LEAST;
  for (var token = lane; token < VOCABULARY; token += LANES) { highest = max(highest, memory[at + token]); }
  let most = most_of(lane, highest);
  var part = 0.0;
  for (var token = lane; token < VOCABULARY; token += LANES) { part += exp(memory[at + token] - most); }
  let sum = sum_of(lane, part);
  if (lane == 0u) {
    memory[call.most + group.x] = most;
    memory[call.sums + group.x] = sum;
    memory[call.judged + 2u * group.x] = memory[at + words[call.which + group.x]] - most;
    memory[call.judged + 2u * group.x + 1u] = sum;
  }
}

// Logits of `count` targets become the gradient of sum_i pull[i] log p_i with respect to them.
@compute @workgroup_size(256)
fn pull_logits(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.count * VOCABULARY; n += groups.x * 256u) {
    let i = n / VOCABULARY;
    let pull = memory[call.pulls + i];
    let share = exp(memory[call.logits + n] - memory[call.most + i]) / memory[call.sums + i];
    memory[call.logits + n] = pull * (select(0.0, 1.0, n % VOCABULARY == words[call.which + i]) - share);
  }
}
