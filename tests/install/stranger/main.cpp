// A stranger's first program with the installed library.
#include <wirecopy/wirecopy.h>

#include <cstdio>

int main() {
  using namespace wirecopy;
  const auto first = shingle(normalize("The harbour bridge reopened on Monday after eleven weeks."));
  const auto second = shingle(normalize("THE HARBOUR BRIDGE reopened on Monday, after eleven weeks!"));
  std::printf("%s jaccard %.2f\n", kVersion, compare(first, second).jaccard());
  return compare(first, second).jaccard() == 1.0 ? 0 : 1;
}
