//! Tells Cargo that the migrations are part of the program, although no `mod` names them.

fn main() {
    println!("cargo:rerun-if-changed=migrations");
}
