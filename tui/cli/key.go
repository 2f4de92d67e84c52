package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/spf13/cobra"

	"homeward/domain/safe"
	"homeward/domain/view"
	"homeward/tui/plain"
)

func (p *program) keyCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "key", Short: "Encryption at rest: who can open the database", Args: cobra.NoArgs,
		Long: "An encrypted database can be read by nobody without a key, nor can its backups. It has slots: a passphrase of each person who\n" +
			"looks after it, a recovery passphrase on paper in a safe, a key file for the server. Each opens all of it. They stand in a\n" +
			"file beside the database, X.db.keys, and in every backup.\n\n" +
			"  homeward key init --key-file /etc/homeward/homeward.key    encrypt, with a key file for the server\n" +
			"  homeward key test                                          can the newest backup be opened with the recovery passphrase?\n" +
			"  homeward key remove lee && homeward key rotate             somebody left",
		RunE: func(*cobra.Command, []string) error {
			return fmt.Errorf("say key init, add, list, remove, rotate or test")
		}}
	cmd.AddCommand(p.keyInitCmd(), p.keyAddCmd(), p.keyListCmd(), p.keyRemoveCmd(), p.keyRotateCmd(), p.keyTestCmd(), p.keyKeptCmd())
	return cmd
}

func (p *program) keyInitCmd() *cobra.Command {
	var recipients []string
	var noRecovery bool
	cmd := &cobra.Command{
		Use: "init", Short: "Encrypt the database, its drafts, its log and the backups made from now on", Args: cobra.NoArgs,
		Long: "Encrypts the database in place. In a terminal it asks for your passphrase and shows a recovery passphrase, which is to be\n" +
			"written down and typed back. Nobody else may be at work meanwhile: stop the server first. Cut off anywhere, the database\n" +
			"is as it was or encrypted, and the same command again finishes it.",
		RunE: p.here(func(cmd *cobra.Command, _ []string) error {
			ctx := cmd.Context()
			if err := p.Keys(p.place).MayInit(ctx); err != nil {
				return err
			}
			slots, err := p.newSlots(ctx, recipients, noRecovery)
			if err != nil {
				return err
			}
			plain, err := p.Keys(p.place).InitKeys(ctx, slots)
			if err != nil {
				return err
			}
			fmt.Fprintln(p.out, "encrypted. Every backup made from now on has a copy of its slots in it (homeward key list); keep the key file and the paper elsewhere")
			for _, f := range plain {
				fmt.Fprintf(p.out, "not encrypted, as it was before: %s\n", safe.CleanLine(f))
			}
			fmt.Fprintln(p.out, "backups from before are not encrypted either: make one now (homeward backup), try it (homeward key test), and remove those")
			return nil
		}),
	}
	cmd.Flags().StringArrayVar(&recipients, "recipient", nil, "a slot for who has the private key of this `PUBLIC` one, of age or SSH; more than once for more")
	cmd.Flags().BoolVar(&noRecovery, "no-recovery", false, "make no recovery passphrase")
	return cmd
}

// newSlots asks for what it takes to encrypt.
func (p *program) newSlots(ctx context.Context, recipients []string, noRecovery bool) (out []view.NewSlot, err error) {
	if p.place.KeyFile != "" {
		out = append(out, view.NewSlot{KeyFile: p.place.KeyFile})
	}
	for _, r := range recipients {
		out = append(out, view.NewSlot{Recipient: r})
	}
	if !p.canAsk() {
		switch {
		case !noRecovery:
			return nil, &status{StatusUsage, errors.New("a recovery passphrase is shown and typed back in a terminal: ask there, or say --no-recovery")}
		case len(out) == 0:
			return nil, &status{StatusUsage, errors.New("a passphrase is asked for in a terminal: ask there, or name --key-file or --recipient")}
		}
		return out, nil
	}
	mine, err := p.newPassphrase(ctx, "A passphrase of your own, four or five words (enter for none)", true)
	if err != nil {
		return nil, err
	}
	if mine != "" {
		out = append(out, view.NewSlot{Name: p.Keys(p.place).SlotName(), Passphrase: mine})
	}
	if !noRecovery {
		r, err := p.newRecovery(ctx)
		if err != nil {
			return nil, err
		}
		out = append(out, view.NewSlot{Recovery: r})
	}
	if len(out) == 0 {
		return nil, errors.New("without a slot nobody could open the database: nothing was changed")
	}
	return out, nil
}

// newRecovery shows a recovery passphrase until it is typed back.
func (p *program) newRecovery(ctx context.Context) (string, error) {
	r := p.Keys(p.place).NewRecovery()
	fmt.Fprintf(p.err, "\nThe recovery passphrase opens the database when every other key is lost:\n\n    %s\n\n"+
		"Write it on paper, and keep that in a safe, not with the backups.\n", r)
	for {
		typed, err := p.secret(ctx, "Type it back")
		if err != nil {
			return "", err
		}
		if p.Keys(p.place).SameRecovery(r, typed) {
			fmt.Fprint(p.err, "\x1b[H\x1b[2J\x1b[3J") // it is on paper by now, and stays on no screen
			return r, nil
		}
		fmt.Fprintln(p.err, "That is not it. Look at what you wrote down.")
	}
}

func (p *program) keyAddCmd() *cobra.Command {
	var name, recipient, file string
	var recovery bool
	cmd := &cobra.Command{
		Use: "add", Short: "Add a slot: a passphrase, a key file, or somebody's public key", Args: cobra.NoArgs,
		RunE: p.here(func(cmd *cobra.Command, _ []string) error {
			s := view.NewSlot{Name: name, Recipient: recipient, KeyFile: file}
			var err error
			switch {
			case recipient != "" && file != "", recovery && recipient+file != "":
				return &status{StatusUsage, errors.New("one slot at a time: --recipient, --new-key-file or --recovery")}
			case s.Name == "" && recovery:
				s.Name = "recovery"
			case s.Name == "":
				return &status{StatusUsage, errors.New("name the slot: --name")}
			}
			if _, err = p.Keys(p.place).Slots(); err != nil {
				return err
			}
			switch {
			case recovery && !p.canAsk(), recipient+file == "" && !p.canAsk():
				return errors.New("a passphrase is asked for in a terminal: ask there, or name --recipient or --new-key-file")
			case recovery:
				s.Recovery, err = p.newRecovery(cmd.Context())
			case recipient+file == "":
				s.Passphrase, err = p.newPassphrase(cmd.Context(), "The passphrase of the new slot, four or five words", false)
			}
			if err == nil {
				err = p.Keys(p.place).AddSlot(s)
			}
			if err == nil {
				err = p.kept(cmd)
			}
			if err == nil {
				_, err = fmt.Fprintf(p.out, "added the slot %q\n", s.Name)
			}
			return err
		}),
	}
	cmd.Flags().StringVar(&name, "name", "", "the `NAME` of the slot: whose it is")
	cmd.Flags().StringVar(&recipient, "recipient", "", "for who has the private key of this `PUBLIC` one, of age or SSH")
	cmd.Flags().StringVar(&file, "new-key-file", "", "opened by this key `FILE`, which is made")
	cmd.Flags().BoolVar(&recovery, "recovery", false, "another recovery passphrase")
	return cmd
}

func (p *program) keyListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "The slots of the database", Args: cobra.NoArgs,
		RunE: p.here(func(*cobra.Command, []string) error {
			slots, err := p.Keys(p.place).Slots()
			if err != nil {
				return err
			}
			return p.showSlots(slots)
		}),
	}
}

func (p *program) showSlots(slots []view.Slot) error {
	return plain.Table(p.out, "", len(slots), []plain.Column{
		{Title: "SLOT", Cell: func(i int) string { return slots[i].Name }},
		{Title: "OPENED BY", Cell: func(i int) string { return slots[i].Kind }},
		{Title: "MADE", Cell: func(i int) string { return slots[i].Made.Local().Format("2 Jan 2006 15:04") }},
	})
}

func (p *program) keyRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "remove SLOT", Short: "Take a slot away", Args: cobra.ExactArgs(1),
		RunE: p.here(func(cmd *cobra.Command, args []string) error {
			if err := p.Keys(p.place).RemoveSlot(args[0]); err != nil {
				return err
			}
			if err := p.kept(cmd); err != nil {
				return err
			}
			_, err := fmt.Fprintf(p.out, "removed the slot %q. It still opens every backup made until now, and a copy of the database somebody took:\n"+
				"homeward key rotate seals everything from now on with a key that it never had\n", args[0])
			return err
		}),
	}
}

func (p *program) keyRotateCmd() *cobra.Command {
	return &cobra.Command{
		Use: "rotate", Short: "Seal everything with a new data key, while people work", Args: cobra.NoArgs,
		Long: "Makes a new data key and seals everything with it, a little at a time: others go on working. Cut off anywhere, it goes on\n" +
			"when it is asked for again, or when the server begins. Backups made before keep the key they were made with.",
		RunE: p.ran(func(cmd *cobra.Command, _ []string) error {
			shown := time.Time{}
			err := p.Keys(p.place).Rotate(cmd.Context(), func(n int) {
				if p.streams.ErrTerminal && time.Since(shown) > 200*time.Millisecond {
					shown = time.Now()
					fmt.Fprintf(p.err, "\r%d entries", n)
				}
			})
			if p.streams.ErrTerminal && !shown.IsZero() {
				fmt.Fprint(p.err, "\r\x1b[K")
			}
			if err != nil {
				return err
			}
			_, err = fmt.Fprintln(p.out, "everything is sealed with a new key, and the former one is thrown away")
			return err
		}),
	}
}

func (p *program) keyTestCmd() *cobra.Command {
	return &cobra.Command{
		Use: "test [BACKUP]", Short: "Try whether a backup can be opened: the newest, with the recovery passphrase", Args: cobra.MaximumNArgs(1),
		Long: "Opens a backup, the newest of those that the server makes by itself where none is named, with the recovery passphrase, which it\n" +
			"asks for (or with --key-file). A key that was never tried is no key.",
		RunE: p.here(func(_ *cobra.Command, args []string) error {
			var backup string
			if len(args) > 0 {
				backup = args[0]
			}
			t, err := p.Keys(p.place).TestKeys(backup)
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "%s can be opened and read: its newest line is of %s\n", safe.CleanLine(t.File), t.Newest.Local().Format("Monday 2 January 2006, 15:04"))
			return p.showSlots(t.Slots)
		}),
	}
}

// keyKeptCmd is what a server is told after the slots were changed.
func (p *program) keyKeptCmd() *cobra.Command {
	return &cobra.Command{Use: "kept", Args: cobra.NoArgs, Hidden: true,
		RunE: p.ran(func(cmd *cobra.Command, _ []string) error { return p.Keys(p.place).KeptSlots(cmd.Context()) })}
}

// kept has the database, or the server that has it open, say what changed about its slots.
func (p *program) kept(cmd *cobra.Command) error {
	was := p.args
	p.args = []string{"key", "kept"}
	defer func() { p.args = was }()
	err := p.ran(func(cmd *cobra.Command, _ []string) error { return p.Keys(p.place).KeptSlots(cmd.Context()) })(cmd, nil)
	if err != nil {
		return fmt.Errorf("it is done, but the log does not say so yet: %w", err)
	}
	return nil
}
