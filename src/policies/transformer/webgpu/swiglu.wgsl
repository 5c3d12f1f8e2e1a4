// SwiGLU (Shazeer, 2020, arXiv 2002.05202): gate sigmoid(gate) up, there and back.

struct Call {
  rows: u32,
  gate_up: u32, // [rows, 2 INNER]
  act: u32, // [rows, INNER]; on the way back its gradient
  dgate_up: u32, // [rows, 2 INNER]
}

fn sigmoid(x: f32) -> f32 { return 1.0 / (1.0 + exp(-clamp(x, -87.0, 87.0))); }

@compute @workgroup_size(256)
fn gated(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.rows * INNER; n += groups.x * 256u) {
    let at = n / INNER * 2u * INNER + n % INNER;
    let gate = memory[call.gate_up + at];
    memory[call.act + n] = gate * sigmoid(gate) * memory[call.gate_up + at + INNER];
  }
}

@compute @workgroup_size(256)
fn gated_back(@builtin(global_invocation_id) id: vec3u, @builtin(num_workgroups) groups: vec3u) {
  for (var n = id.x; n < call.rows * INNER; n += groups.x * 256u) {
    let at = n / INNER * 2u * INNER + n % INNER;
    let gate = memory[call.gate_up + at];
    let up = memory[call.gate_up + at + INNER];
    let share = sigmoid(gate);
    let pull = memory[call.act + n];
    memory[call.dgate_up + at] = pull * up * share * (1.0 + gate * (1.0 - share));
    memory[call.dgate_up + at + INNER] = pull * gate * share;
  }
}
