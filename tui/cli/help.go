package cli

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strings"

	"github.com/spf13/cobra"
)

// refuseUnknown makes root and every command of commands refuse a word that names none of theirs: called, and asked for its
// help, which cobra would answer with the help of all.
func (p *program) refuseUnknown(root *cobra.Command) {
	var each func(of *cobra.Command)
	each = func(of *cobra.Command) {
		if of.HasSubCommands() {
			of.Args = noSuch
		}
		for _, c := range of.Commands() {
			each(c)
		}
	}
	each(root)
	helps := root.HelpFunc()
	root.SetHelpFunc(func(cmd *cobra.Command, args []string) {
		if cmd.HasSubCommands() {
			if p.unknown = noSuch(cmd, cmd.Flags().Args()); p.unknown != nil {
				return // a help has no error of its own: Run gives it
			}
		}
		helps(cmd, args)
	})
	root.SetHelpCommand(&cobra.Command{
		Use: "help [COMMAND]", Short: "Help about a command",
		RunE: func(cmd *cobra.Command, args []string) error {
			of, rest, err := root.Find(args)
			if err != nil {
				return err
			}
			if of.HasSubCommands() {
				if err := noSuch(of, rest); err != nil {
					return err
				}
			}
			of.InitDefaultHelpFlag() // its help shows them
			of.InitDefaultVersionFlag()
			return of.Help()
		},
	})
}

// noSuch refuses the first word behind a command of commands, and names those it may be meant for.
func noSuch(of *cobra.Command, words []string) error {
	if len(words) == 0 {
		return nil
	}
	of.SuggestionsMinimumDistance = 2 // two slips of the finger
	says := fmt.Sprintf("unknown command %q for %q", words[0], of.CommandPath())
	if near := of.SuggestionsFor(words[0]); len(near) > 0 {
		says += ": did you mean " + strings.Join(near, " or ") + "?"
	}
	return errors.New(says)
}

// versionText is what --version prints: what this program was built from, and the numbers of the files it writes.
func versionText(file, records int) string {
	version, built := "unknown", ""
	if info, ok := debug.ReadBuildInfo(); ok {
		version, built = info.Main.Version, builtFrom(info)
	}
	return fmt.Sprintf("homeward %s\n%sfile format %d, record schema %d\n", version, built, file, records)
}

// builtFrom is the line of the commit a program was built from; "" where it was not built from a repository.
func builtFrom(info *debug.BuildInfo) string {
	of := map[string]string{}
	for _, s := range info.Settings {
		of[s.Key] = s.Value
	}
	if of["vcs.revision"] == "" {
		return ""
	}
	line := "commit " + of["vcs.revision"]
	if t := of["vcs.time"]; t != "" {
		line += " of " + t
	}
	if of["vcs.modified"] == "true" {
		line += ", with changes that are not committed"
	}
	return line + "\n"
}
