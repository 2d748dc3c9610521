// A writer in a process of its own, which can be killed: this program again, running one hidden
// test.
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <utility>
#include <vector>

#include "index/sealed.h"
#include "index_nights.h"

namespace wirecopy::test {

// Where the writer says which nights are done, beside the index.
inline std::string acknowledgments(const std::string& index) { return index + ".done"; }

// The last night that the writer said is done; 0 if none.
inline std::uint32_t acknowledged(const std::string& index) {
  std::ifstream file(acknowledgments(index));
  std::uint32_t last = 0;
  for (std::uint32_t number = 0; file >> number;) last = number;
  return last;
}

// Makes the index if there is none, then nights; some rewrite all, some forget what was before.
inline void write_nights(const std::string& folder, std::uint32_t count) {
  const index::Generations generations(folder);
  if (!std::filesystem::exists(folder + "/index.json")) {
    generations.found();
    index::seal(folder, {Recipe::of(Preset::news, index::draw_key()), MatchRule::of(Preset::news)});
  }
  for (std::uint32_t i = 0; i < count; ++i) {
    const std::uint32_t number = generations.current_number() + 1;
    make_night(folder, number % 4 == 0);
    std::ofstream(acknowledgments(folder), std::ios::app) << number << "\n" << std::flush;
    if (number % 5 == 0) {
      const index::WriterLock lock(folder);
      generations.forget_others();
    }
  }
}

// What the hidden test does: returns at once in any other run.
inline void be_the_writer() {
  const char* const folder = std::getenv("WIRECOPY_WRITER");
  const char* const count = std::getenv("WIRECOPY_NIGHTS");
  if (folder != nullptr && count != nullptr) {
    write_nights(folder, static_cast<std::uint32_t>(std::strtoul(count, nullptr, 10)));
  }
}

// Starts the writer, under `wrapper` if it is not empty. Its talk goes nowhere.
inline pid_t start_writer(const std::string& index, std::uint32_t nights,
                          std::vector<std::string> wrapper = {}) {
  std::vector<std::string> words = std::move(wrapper);
  words.emplace_back(std::filesystem::read_symlink("/proc/self/exe").string());
  words.emplace_back("[writer]");
  std::vector<char*> arguments;
  arguments.reserve(words.size() + 1);
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  const std::string count = std::to_string(nights);
  const pid_t child = ::fork();
  if (child != 0) return child;
  ::setenv("WIRECOPY_WRITER", index.c_str(), 1);
  ::setenv("WIRECOPY_NIGHTS", count.c_str(), 1);
  ::setenv("ASAN_OPTIONS", "detect_leaks=0", 1);  // cannot be under a tracer
  const int nowhere = ::open("/dev/null", O_RDWR);
  ::dup2(nowhere, STDOUT_FILENO);
  ::dup2(nowhere, STDERR_FILENO);
  ::execvp(arguments[0], arguments.data());
  ::_exit(127);
}

// The exit status, or 128 and the signal.
inline int wait_for(pid_t child) {
  int status = 0;
  while (::waitpid(child, &status, 0) < 0) {
  }
  return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

// How often a test does something: so often, or as the environment says.
inline std::uint32_t times(const char* variable, std::uint32_t usual) {
  const char* const said = std::getenv(variable);
  return said == nullptr ? usual : static_cast<std::uint32_t>(std::strtoul(said, nullptr, 10));
}

// In memory where that is possible: what a process leaves when it dies does not depend on the disk.
inline void prefer_memory() {
  if (::access("/dev/shm", W_OK) == 0) ::setenv("TMPDIR", "/dev/shm", 1);
}

}  // namespace wirecopy::test
